import type { Metadata } from "next";
import { FactList, healthRows } from "@/components/health/fact-list";
import { ProblemList } from "@/components/health/problem-list";
import { ServerList } from "@/components/health/server-list";
import { text } from "@/components/health/text";
import { Refresh } from "@/components/ui/refresh";
import { pageParams } from "@/components/views/page-params";
import { requireViewer } from "@/lib/account/session";
import { moment, zoneLabel } from "@/lib/base/format";
import { judge } from "@/lib/health/judge";
import { readFacts } from "@/lib/health/read";
import { filtersFromParams } from "@/lib/question/codec/read";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: text.health };

export default async function HealthPage({ searchParams }: Props) {
  await requireViewer();
  const facts = await readFacts();
  const { zone } = filtersFromParams(await pageParams(searchParams), facts.at);
  const { problems } = judge(facts);
  const rows = healthRows(facts, zone);
  const bad = rows.filter((row) => problems.some(({ id }) => row.problems.includes(id)));
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-4">
      <div>
        <h1 className="font-semibold text-2xl tracking-tight">{text.health}</h1>
        <p className="mt-1 text-muted">{text.asOf(moment(facts.at, zone), zoneLabel(zone, facts.at))}</p>
      </div>
      <Refresh seconds={15} />
      <ProblemList problems={problems} />
      <FactList rows={rows} bad={new Set(bad)} />
      {facts.stored && <ServerList servers={facts.stored.servers} now={facts.at} zone={zone} />}
    </div>
  );
}
