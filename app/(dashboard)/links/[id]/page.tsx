import { ArrowLeft, ChartLine } from "lucide-react";
import type { Metadata } from "next";
import NextLink from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Figures } from "@/components/figures/figures";
import { Biography } from "@/components/links/biography";
import { LinkHead } from "@/components/links/link-head";
import { NewestClicks } from "@/components/links/newest-clicks";
import { LivePanel, LiveProvider, LiveSwitch } from "@/components/live/live";
import { QuestionBar } from "@/components/ranges/question-bar";
import { ShareButton } from "@/components/shares/share-button";
import { sharedView } from "@/components/shares/shared-view";
import { Link } from "@/components/ui/link";
import { ask } from "@/components/views/ask";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { liveQuery, viewOf } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { cleanText } from "@/lib/base/clean";
import { linkName } from "@/lib/click/link-name";
import { answer } from "@/lib/question/answer";
import { questionOf } from "@/lib/question/codec/parameters";
import { hrefTo } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withLinks, withValue } from "@/lib/question/codec/write";
import { question } from "@/lib/question/question";

type Props = PageProps & { params: Promise<{ id: string }> };

const readLink = cache(async (id: string) => {
  const links = await answer(question(await requireViewer(), { kind: "labels", ids: [id] }));
  return links.get(id) ?? null;
});

const idOf = async (params: Props["params"]) => cleanText(decodeURIComponent((await params).id));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const link = await readLink(await idOf(params));
  return { title: link ? linkName(link.id, link) : "Link" };
}

export default async function LinkPage({ params: route, searchParams }: Props) {
  const id = await idOf(route);
  const link = await readLink(id);
  if (!link) notFound();
  const params = await pageParams(searchParams);
  params.delete("linkId");
  const filters = filtersFromParams(withValue(params, "linkId", id), new Date(), "link");
  const firstClick = filters.comparison && (await ask({ kind: "firstClick" }));
  const view = viewOf({ path: `/links/${encodeURIComponent(id)}`, params, filters, linkId: id, firstClick });
  return (
    <LiveProvider query={liveQuery(view)}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-muted print:hidden">
          <NextLink href="/links" className="mr-auto flex items-center gap-1.5 rounded-md hover:text-ink">
            <ArrowLeft aria-hidden className="size-4" />
            All links
          </NextLink>
          <Link
            href={hrefTo("/compare", withLinks(questionOf(params, view.path), [id]))}
            className="flex items-center gap-1.5 rounded-md hover:text-ink"
          >
            <ChartLine aria-hidden className="size-4" />
            Compare with other links
          </Link>
          <LiveSwitch />
          <ShareButton view={sharedView(view, linkName(id, link))} />
        </div>
        <LinkHead link={link} zone={filters.zone} />
        <LivePanel />
        <Biography view={view} link={link} />
        <h2 className="mt-2 font-semibold">In this range</h2>
        <QuestionBar view={view} />
        <Figures view={view} />
        <NewestClicks view={view} />
      </div>
    </LiveProvider>
  );
}
