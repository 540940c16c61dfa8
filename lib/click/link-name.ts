/** An address without what nearly all addresses begin with. `http://` stays: it is another address than `https://`. */
export const withoutScheme = (address: string): string => address.replace(/^https:\/\//, "");

/** A link's short name, `dub.sh/key`; its id if nothing else is known. */
export function linkName(id: string, link: { shortLink: string | null } | null | undefined): string {
  return link?.shortLink ? withoutScheme(link.shortLink) : id;
}
