import NextLink from "next/link";
import type { ComponentProps } from "react";
import { LinkPending } from "./pending";

type Props = ComponentProps<typeof NextLink>;

/** A link within Footfall. Not prefetched: every page queries the database. */
export const Link = (props: Props) => <NextLink prefetch={false} {...props} />;

/** The look of a link in the accent colour, in a text or on its own. */
export const ACCENT = "rounded-md font-medium text-accent hover:underline";

export const TextLink = ({ className = "", ...props }: Props) => (
  <Link className={`${ACCENT} ${className}`} {...props} />
);

/** A link to what a row is about, in one line. */
export const RowLink = (props: Props) => (
  <Link className="truncate rounded font-medium hover:text-accent hover:underline" {...props} />
);

/** A link to the same page with other parameters: the scroll position stays, and figures are dimmed meanwhile. */
export function SamePageLink({ children, ...props }: Props) {
  return (
    <Link scroll={false} {...props}>
      {children}
      <LinkPending />
    </Link>
  );
}

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
          className={`whitespace-nowrap rounded-md py-1.5 text-muted hover:text-ink aria-[current=true]:bg-raised aria-[current=true]:font-medium aria-[current=true]:text-ink ${linkClass}`}
        >
          {name}
        </SamePageLink>
      ))}
    </nav>
  );
}
