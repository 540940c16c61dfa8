import "server-only";
import { headers } from "next/headers";
import { PATH_HEADER } from "@/lib/account/next-path";

type SearchParams = Record<string, string | string[] | undefined>;

export type PageProps = { searchParams: Promise<SearchParams> };

/** The page's parameters, read from its address: Next's own object loses names such as `__proto__`. */
export async function pageParams(searchParams: Promise<SearchParams>): Promise<URLSearchParams> {
  const given = await searchParams;
  const path = (await headers()).get(PATH_HEADER);
  if (path !== null) return new URLSearchParams(path.split("?").slice(1).join("?"));
  // A prefetch does not pass proxy.ts, which tells the address.
  const entries = Object.entries(given).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  return new URLSearchParams(entries);
}
