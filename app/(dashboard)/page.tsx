import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Figures } from "@/components/figures/figures";
import { AddingDemo, DemoNote, Waiting } from "@/components/figures/waiting";
import { LivePanel, LiveProvider, LiveSwitch } from "@/components/live/live";
import { QuestionBar } from "@/components/ranges/question-bar";
import { ShareButton } from "@/components/shares/share-button";
import { sharedView } from "@/components/shares/shared-view";
import { Nothing } from "@/components/ui/card";
import { ask } from "@/components/views/ask";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { liveQuery, viewOf } from "@/components/views/view";
import { readInstallation, usualBots } from "@/lib/account/preferences";
import { requireViewer } from "@/lib/account/session";
import { pinnedView } from "@/lib/account/views/store";
import { isOpening, openingHref } from "@/lib/account/views/view";
import { ago } from "@/lib/base/format";
import { demoState } from "@/lib/deliveries/demo/demo";
import { newestUncounted } from "@/lib/deliveries/list/rows";
import { latestRefusal } from "@/lib/deliveries/refusals";
import { hasSenderSecret } from "@/lib/deliveries/secrets/manage";
import { isPublicUrl, webhookUrl } from "@/lib/deliveries/webhook-url";
import { filtersFromParams } from "@/lib/question/codec/read";

export default async function Overview({ searchParams }: PageProps) {
  const now = new Date();
  const [params, viewer, bots, { hasClicks, hasDemo }] = await Promise.all([
    pageParams(searchParams),
    requireViewer(),
    usualBots(),
    readInstallation(),
  ]);
  const pinned = isOpening(params, bots) ? await pinnedView(viewer) : null;
  const opening = pinned && openingHref(pinned, bots);
  if (opening) redirect(opening);
  const demo = demoState();
  if (demo.progress) return <AddingDemo {...demo.progress} />;
  const mayChange = viewer.powers.includes("settings");
  if (!hasClicks && !mayChange) return <Nothing>No clicks yet. Come back when the first ones have arrived.</Nothing>;
  if (!hasClicks) {
    const newest = await newestUncounted();
    const arrived = newest && { isTest: newest.outcome === "test", ago: ago(newest.receivedAt, now) };
    const refusal = await latestRefusal();
    // Anybody can send requests without a signature.
    const isLast = refusal && !(newest && (refusal.reason === "unsigned" || newest.receivedAt > refusal.at));
    const url = webhookUrl(await headers());
    return (
      <Waiting
        webhookUrl={url}
        isReachable={isPublicUrl(url)}
        hasSecret={await hasSenderSecret()}
        arrived={arrived}
        refused={isLast ? { reason: refusal.reason, ago: ago(refusal.at, now) } : null}
        hasDemoFailed={demo.hasFailed}
      />
    );
  }
  const filters = filtersFromParams(params, now, "overview");
  const firstClick = filters.comparison && (await ask({ kind: "firstClick" }));
  const view = viewOf({ path: "/", params, filters, linkId: null, firstClick });
  return (
    <LiveProvider query={liveQuery(view)}>
      <div className="flex flex-col gap-4">
        <div className="flex items-center gap-3">
          <h1 className="font-semibold text-2xl tracking-tight">All links</h1>
          <LiveSwitch />
          <ShareButton view={sharedView(view, "All links")} />
        </div>
        {hasDemo && mayChange && <DemoNote hasFailed={demo.hasFailed} />}
        <QuestionBar view={view} />
        <LivePanel />
        <Figures view={view} />
      </div>
    </LiveProvider>
  );
}
