import { Badge, type Tone } from "@/components/ui/badge";
import type { ShownKey } from "@/lib/account/keys/store";
import { minute } from "@/lib/base/format";
import { ConfirmAction } from "./confirm-action";
import { limitWords } from "./limit-words";

const STATES: Record<ShownKey["state"], { label: string; tone: Tone } | null> = {
  valid: null,
  expired: { label: "Expired", tone: "plain" },
  revoked: { label: "Revoked", tone: "plain" },
};

function detail(key: ShownKey, nameOf: (id: string) => string, zone: string): string {
  const { state, createdAt, by, expiresAt, lastUsedAt, perMinute } = key;
  const sentences = [
    limitWords(key.links, nameOf),
    `Up to ${perMinute.toLocaleString("en")} requests a minute.`,
    `Made ${minute(createdAt, zone)}${by ? ` by ${by}` : ""}.`,
    expiresAt && `${state === "expired" ? "Expired" : "Expires"} ${minute(expiresAt, zone)}.`,
    lastUsedAt ? `Last used ${minute(lastUsedAt, zone)}.` : "Never used.",
  ];
  return sentences.filter(Boolean).join(" ");
}

type Props = { keys: ShownKey[]; nameOf: (id: string) => string; zone: string };

/** All API keys with what they open, their last use and actions. */
export function KeysList({ keys, nameOf, zone }: Props) {
  if (keys.length === 0)
    return (
      <p className="border-line border-b px-4 py-8 text-center text-muted">
        No API keys yet. Scripts, spreadsheets and assistants need one.
      </p>
    );
  return (
    <ul className="divide-y divide-line border-line border-b">
      {keys.map((key) => {
        const { id, name, hint, state, scopes } = key;
        const badge = STATES[state];
        return (
          <li key={id} className={state === "valid" ? "" : "text-muted"}>
            <div className="grid gap-0.5 px-4 py-3">
              <h3 className="flex flex-wrap items-center gap-2 font-medium">
                <bdi className="wrap-anywhere">{name}</bdi>
                <code className="font-mono text-muted text-xs">…{hint}</code>
                {scopes.map((scope) => (
                  <Badge key={scope} tone={state === "valid" ? "good" : "plain"}>
                    {scope}
                  </Badge>
                ))}
                {badge && <Badge tone={badge.tone}>{badge.label}</Badge>}
              </h3>
              <p className="wrap-anywhere text-muted">{detail(key, nameOf, zone)}</p>
            </div>
            {state !== "revoked" && (
              <div className="flex px-4 pb-3">
                <ConfirmAction
                  button="Revoke"
                  label={`Revoke ${name}`}
                  question={
                    <>
                      Revoke “<bdi>{name}</bdi>”? Programs that use it are refused at once. It can’t be made valid
                      again.
                    </>
                  }
                  busy="Revoking…"
                  method="DELETE"
                  address={`/api/keys/${encodeURIComponent(id)}`}
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
