import { Badge, type Tone } from "@/components/ui/badge";
import { minute } from "@/lib/base/format";
import type { ShownSecret } from "@/lib/deliveries/secrets/manage";
import { SecretActions } from "./secret-actions";

const STATES: Record<ShownSecret["state"], { label: string; tone: Tone }> = {
  valid: { label: "Valid", tone: "good" },
  replaced: { label: "Being replaced", tone: "warn" },
  revoked: { label: "Revoked", tone: "plain" },
  unreadable: { label: "Unreadable", tone: "danger" },
};

const ORIGINS: Record<ShownSecret["source"], string | null> = {
  settings: null,
  environment: "Set in the server’s environment. Change it there.",
  demo: "Derived from the server’s key and used for demo clicks.",
};

function detail({ source, state, replacedBy, createdAt, lastUsedAt }: ShownSecret, zone: string): string {
  const sentences = [
    ORIGINS[source],
    state === "replaced" && `Valid until you revoke it. “${replacedBy}” replaces it.`,
    state === "unreadable" && "This secret was saved with a different SECRET_KEY. Revoke it and add it again.",
    createdAt && `Added ${minute(createdAt, zone)}.`,
    lastUsedAt ? `Last used ${minute(lastUsedAt, zone)}.` : "Never used.",
  ];
  return sentences.filter(Boolean).join(" ");
}

/** All webhook secrets with state, last use and actions. */
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
                <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>
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
