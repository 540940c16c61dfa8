import { counted } from "@/components/ui/counted";
import { Link } from "@/components/ui/link";
import { minute } from "@/lib/base/format";
import { answerReasons } from "@/lib/deliveries/list/rows";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { ReplayButton } from "./replay-button";

const queryOf = (reason: string | null): string =>
  new URLSearchParams({ outcome: "quarantined", span: "all", ...(reason !== null && { reason }) }).toString();

/** Reasons of quarantined deliveries of all time, with buttons to replay them. */
export async function Quarantine({ params, zone }: { params: URLSearchParams; zone: string }) {
  const groups = await answerReasons();
  if (groups.length === 0) return null;
  const total = groups.reduce((sum, { deliveries }) => sum + deliveries, 0);
  const when = (first: Date, newest: Date) => [...new Set([minute(first, zone), minute(newest, zone)])].join(" – ");
  const everything = withParam(params, "span", "all");
  return (
    <section aria-label="Quarantine" className="card">
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <div>
          <h2 className="font-semibold">Quarantined by reason</h2>
          <p className="text-muted">
            A newer version of Footfall may be able to read them. Replaying counts each click once.
          </p>
        </div>
        {groups.length > 1 && <ReplayButton target={{ query: queryOf(null) }} label="Replay all" total={total} />}
      </div>
      <ul className="divide-y divide-line border-line border-t">
        {groups.map(({ reason, deliveries, first, newest }) => (
          <li key={reason} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
            <div className="min-w-0 flex-1 basis-64">
              <Link
                href={hrefTo("/deliveries", withParam(everything, "reason", reason))}
                scroll={false}
                className="wrap-anywhere font-medium hover:text-accent hover:underline"
              >
                {reason}
              </Link>
              <p className="text-muted tabular-nums">
                {`${counted(deliveries, "delivery", "deliveries")}, ${when(first, newest)}`}
              </p>
            </div>
            <ReplayButton target={{ query: queryOf(reason) }} label="Replay" total={deliveries} />
          </li>
        ))}
      </ul>
    </section>
  );
}
