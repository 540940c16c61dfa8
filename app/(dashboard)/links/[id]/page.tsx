import { ArrowLeft, ChartLine } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Dashboard } from "@/components/dashboard/dashboard";
import { LinkHead } from "@/components/dashboard/link-head";
import { Toolbar } from "@/components/dashboard/toolbar";
import { hrefTo, toParams, type View } from "@/components/dashboard/view";
import { requireViewer } from "@/lib/access/session";
import { cleanText } from "@/lib/clean";
import { withValue } from "@/lib/query/address";
import { answerLink } from "@/lib/query/answer/links";
import { withLinks } from "@/lib/query/compared";
import { filtersFromParams } from "@/lib/query/search-params";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const readLink = cache(async (id: string) => answerLink(await requireViewer(), id));

const idOf = async (params: Props["params"]) => cleanText(decodeURIComponent((await params).id));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const link = await readLink(await idOf(params));
  return { title: link?.shortLink?.replace(/^https?:\/\//, "") ?? "Link" };
}

export default async function LinkPage({ params: route, searchParams }: Props) {
  const id = await idOf(route);
  const link = await readLink(id);
  if (!link) notFound();
  const params = toParams(await searchParams);
  params.delete("linkId");
  const filters = filtersFromParams(withValue(params, "linkId", id), new Date());
  const view: View = { path: `/links/${encodeURIComponent(id)}`, params, filters, linkId: id };
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3 text-muted print:hidden">
        <Link href="/links" className="flex items-center gap-1.5 rounded-md hover:text-ink">
          <ArrowLeft aria-hidden className="size-4" />
          All links
        </Link>
        <Link
          href={hrefTo("/compare", withLinks(params, [id]))}
          prefetch={false}
          className="flex items-center gap-1.5 rounded-md hover:text-ink"
        >
          <ChartLine aria-hidden className="size-4" />
          Compare with other links
        </Link>
      </div>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <LinkHead link={link} zone={filters.zone} />
        <Toolbar view={view} />
      </div>
      <Dashboard view={view} />
    </div>
  );
}
