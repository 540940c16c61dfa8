import { text } from "@/components/settings/text";
import { Badge, type Tone } from "@/components/ui/badge";
import { minute } from "@/lib/base/format";
import type { ShownSecret } from "@/lib/deliveries/secrets/manage";
import { SecretActions } from "./secret-actions";

const TONES: Record<ShownSecret["state"], Tone> = {
  valid: "good",
  replaced: "warn",
  revoked: "plain",
  unreadable: "danger",
};

/** Source, state and times of a secret. */
function detail({ source, state, replacedBy, createdAt, lastUsedAt }: ShownSecret, zone: string): string {
  const sentences = [
    text.list.origins[source],
    state === "replaced" && text.list.replacedBy(replacedBy),
    state === "unreadable" && text.list.unreadable,
    createdAt && text.list.added(minute(createdAt, zone)),
    lastUsedAt ? text.list.lastUsed(minute(lastUsedAt, zone)) : text.list.notUsed,
  ];
  return sentences.filter(Boolean).join(" ");
}

/** Every webhook secret with its state and its last use, and what can be done with it. */
export function SecretsList({ secrets, zone }: { secrets: ShownSecret[]; zone: string }) {
  return (
    <ul className="divide-y divide-line border-line border-b">
      {secrets.map((secret) => {
        const { id, name, source, hint, state } = secret;
        return (
          <li key={id} className={state === "revoked" ? "text-muted" : ""}>
            <div className="grid gap-0.5 px-4 py-3">
              <h3 className="flex flex-wrap items-center gap-2 font-medium">
                <bdi className="wrap-anywhere">{name}</bdi>
                <code className="font-mono text-muted text-xs">…{hint}</code>
                <Badge tone={TONES[state]}>{text.list.states[state]}</Badge>
              </h3>
              <p className="text-muted">{detail(secret, zone)}</p>
            </div>
            {source === "settings" && state !== "revoked" && <SecretActions id={id} name={name} />}
          </li>
        );
      })}
    </ul>
  );
}
