import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<"a">, "href"> & {
  /** Missing for a text in its place, which leads nowhere. */
  href?: string;
  /** Whether the new page begins at its top: as a rule. */
  scroll?: boolean;
  /** Whether the new page takes the present one's place in the history. */
  replace?: boolean;
};

/** A link within Footfall. A plain one, which `Navigation` follows: hundreds of components would say the same. */
export const Link = ({ scroll = true, replace = false, ...props }: Props) => (
  <a {...(!scroll && { "data-stay": "" })} {...(replace && { "data-replace": "" })} {...props} />
);

/** The look of a link in the accent colour, in a text or on its own. */
export const ACCENT = "rounded-md font-medium text-accent hover:underline";

export const TextLink = ({ className = "", ...props }: Props) => (
  <Link className={`${ACCENT} ${className}`} {...props} />
);

/** A link to what a row is about, in one line. */
export const RowLink = (props: Props) => (
  <Link className="truncate rounded font-medium hover:text-accent hover:underline" {...props} />
);

/** A link to the same page with other parameters: the scroll position stays. */
export const SamePageLink = (props: Props) => <Link scroll={false} {...props} />;

type Choice = { name: string; href: string; isCurrent: boolean };
type ChoicesProps = { label: string; choices: Choice[]; className?: string; linkClass?: string; replace?: boolean };

/** A choice between variants of the same page. */
export function Choices({ label, choices, className = "", linkClass = "px-2", replace = false }: ChoicesProps) {
  return (
    <nav aria-label={label} className={`flex ${className}`}>
      {choices.map(({ name, href, isCurrent }) => (
        <SamePageLink
          key={name}
          href={href}
          replace={replace}
          aria-current={isCurrent ? "true" : undefined}
          className={`choice ${linkClass}`}
        >
          {name}
        </SamePageLink>
      ))}
    </nav>
  );
}
