import { Badge } from "@/components/ui/badge";
import type { ShownSession } from "@/lib/account/people/sessions";
import { minute } from "@/lib/base/format";
import { ConfirmAction } from "./confirm-action";
import { spellBrowserOf } from "./user-agent";

/** Where somebody is signed in, with a way to end each session. */
export function SessionsList({ sessions, zone }: { sessions: ShownSession[]; zone: string }) {
  return (
    <div className="border-line border-t">
      <h3 className="px-4 pt-4 pb-1 font-medium">Where you are signed in</h3>
      <ul aria-label="Sessions" className="divide-y divide-line">
        {sessions.map(({ id, createdAt, expiresAt, address, agent, isCurrent }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium" title={agent ?? undefined}>
                {spellBrowserOf(agent)}
                {isCurrent && <Badge tone="good">This one</Badge>}
              </p>
              <p className="wrap-anywhere text-muted">
                {[address, `since ${minute(createdAt, zone)}`, `until ${minute(expiresAt, zone)}`]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            {!isCurrent && (
              <ConfirmAction
                button="End"
                label={`End the session since ${minute(createdAt, zone)}`}
                question="End this session? That browser has to sign in again."
                busy="Ending…"
                method="DELETE"
                address={`/api/sessions/${encodeURIComponent(id)}`}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
