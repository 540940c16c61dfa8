import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ShareForm } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { Figures } from "@/components/figures/figures";
import { SharedFoot, SharedHead } from "@/components/shares/shared-head";
import { IconShapes } from "@/components/ui/icon";
import { Navigation } from "@/components/ui/navigation";
import { ask, readAs } from "@/components/views/ask";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { PowersOf } from "@/components/views/powers";
import { viewOf } from "@/components/views/view";
import { isTooOften, openShare, readerName } from "@/lib/account/shares/open";
import { sharePath } from "@/lib/account/shares/share";
import { countView, readShared } from "@/lib/account/shares/store";
import { unavailable } from "@/lib/account/unavailable";
import { webhookUrl } from "@/lib/deliveries/webhook-url";

type Props = PageProps & { params: Promise<{ token: string }> };

const opened = cache(async (token: string) => openShare(token, await headers()).catch(unavailable));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const found = await opened(token);
  if (!found || found.isLocked) return { title: "Shared page", referrer: "no-referrer" };
  const { name, hasPicture } = found.share;
  const address = new URL(`${sharePath(token)}/picture`, webhookUrl(await headers()));
  return {
    title: name,
    referrer: "no-referrer",
    ...(hasPicture && {
      openGraph: { title: name, images: [{ url: address, width: 1200, height: 630 }] },
      twitter: { card: "summary_large_image" },
    }),
  };
}

/** The page of a share link. Its question is locked, and nothing else can be asked here, whoever is signed in. */
export default async function SharedPage({ params: route, searchParams }: Props) {
  const { token } = await route;
  const found = await opened(token);
  if (!found) notFound();
  const { share, isLocked } = found;
  if (isLocked)
    return (
      <EntryPage title="Password needed" intro="Whoever shared this page protected it with a password.">
        <ShareForm token={token} />
      </EntryPage>
    );
  if (await isTooOften(await headers()).catch(unavailable))
    return (
      <EntryPage title="Too many requests" intro="This page was opened very often from your network.">
        <p>Wait a minute, then reload it.</p>
      </EntryPage>
    );
  const { asked, scope, params, filters } = readShared(share, await pageParams(searchParams), new Date());
  const caller = await headers();
  readAs({ ...scope, asker: readerName(share, caller) });
  await countView(share.id, caller);
  const view = viewOf({
    ...{ path: sharePath(token), params, filters, linkId: share.linkId },
    firstClick: asked.comparison && (await ask({ kind: "firstClick" })),
    shared: { parts: share.parts, mayFilter: share.mayFilter, least: share.least },
  });
  return (
    <PowersOf powers={[]}>
      <Navigation>
        <main id="content" className="mx-auto grid max-w-6xl min-[94rem]:max-w-[92rem] gap-4 px-4 pt-6 pb-12">
          <SharedHead share={share} asked={asked} view={view} />
          <Figures view={view} />
          <SharedFoot share={share} />
        </main>
        <IconShapes />
      </Navigation>
    </PowersOf>
  );
}
