import type { Metadata } from "next";
import { FactList, healthRows, ProblemList, ServerList } from "@/components/health/fact-list";
import { Refresh } from "@/components/ui/pending";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { requireViewer } from "@/lib/account/session";
import { moment, zoneLabel } from "@/lib/base/format";
import { judge } from "@/lib/health/judge";
import { readFacts } from "@/lib/health/read";
import { filtersFromParams } from "@/lib/question/codec/read";

export const metadata: Metadata = { title: "Health" };

export default async function HealthPage({ searchParams }: PageProps) {
  await requireViewer("operate");
  const facts = await readFacts();
  const { zone } = filtersFromParams(await pageParams(searchParams), facts.at);
  const { problems } = judge(facts);
  const rows = healthRows(facts, zone);
  const bad = rows.filter((row) => problems.some(({ id }) => row.problems?.includes(id)));
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-4">
      <div>
        <h1 className="font-semibold text-2xl tracking-tight">Health</h1>
        <p className="mt-1 text-muted">{`Server status at ${moment(facts.at, zone)} (${zoneLabel(zone, facts.at)}).`}</p>
      </div>
      <Refresh seconds={15} />
      <ProblemList problems={problems} isConnected={facts.stored?.lastDelivery !== null} />
      <FactList rows={rows} bad={new Set(bad)} />
      {facts.stored && <ServerList servers={facts.stored.servers} now={facts.at} zone={zone} />}
    </div>
  );
}
