/** An address without what nearly all addresses begin with. `http://` stays: it is another address than `https://`. */
export const withoutScheme = (address: string): string => address.replace(/^https:\/\//, "");

/** What people know a link by, `dub.sh/key`; of one that nobody has told us about, its id. */
export function linkName(id: string, link: { shortLink: string | null } | null | undefined): string {
  return link?.shortLink ? withoutScheme(link.shortLink) : id;
}
