import NextLink from "next/link";
import type { ComponentProps } from "react";
import { LinkPending } from "./pending";

type Props = ComponentProps<typeof NextLink>;

/** A link within Footfall. Its page is only fetched once it is followed: every page asks the database. */
export const Link = (props: Props) => <NextLink prefetch={false} {...props} />;

/** A link to the same page with other parameters: the page stays where it is, its numbers are dimmed until new ones come. */
export function SamePageLink({ children, ...props }: Props) {
  return (
    <Link scroll={false} {...props}>
      {children}
      <LinkPending />
    </Link>
  );
}
