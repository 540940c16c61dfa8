import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { counted } from "@/components/ui/counted";
import { TextLink } from "@/components/ui/link";
import { sharePath } from "@/lib/account/shares/share";
import type { ShownShare } from "@/lib/account/shares/store";
import { minute } from "@/lib/base/format";
import { ConfirmAction } from "./confirm-action";

const STATES = { expired: "Expired", revoked: "Revoked" } as const;

/** What a share link allows, in words. */
function tagsOf({ hasPassword, frozenAt, mayFilter, least }: ShownShare): string[] {
  return [
    ...(hasPassword ? ["Password"] : []),
    ...(frozenAt ? ["Frozen"] : []),
    ...(mayFilter ? [] : ["No filters"]),
    ...(least > 0 ? [`From ${least}`] : []),
  ];
}

function detail({ createdAt, by, state, expiresAt, views, lastViewedAt, embedOn }: ShownShare, zone: string): string {
  const sentences = [
    views === 0
      ? "Not viewed yet."
      : `${counted(views, "view")}${lastViewedAt ? `, the last ${minute(lastViewedAt, zone)}` : ""}.`,
    `Made ${minute(createdAt, zone)}${by ? ` by ${by}` : ""}.`,
    expiresAt && `${state === "expired" ? "Expired" : "Expires"} ${minute(expiresAt, zone)}.`,
    embedOn.length > 0 && `Embedded on ${embedOn.map((site) => site.replace(/^https:\/\//, "")).join(", ")}.`,
  ];
  return sentences.filter(Boolean).join(" ");
}

type Props = { shares: ShownShare[]; origin: string; zone: string };

/** Share links with their views and actions. */
export function SharesList({ shares, origin, zone }: Props) {
  if (shares.length === 0)
    return (
      <p className="px-4 py-8 text-center text-muted">
        No share links yet. Open the overview or a link, choose range and filters, and press Share.
      </p>
    );
  return (
    <ul className="divide-y divide-line">
      {shares.map((share) => {
        const { id, token, name, state } = share;
        const isValid = state === "valid";
        const path = sharePath(token);
        return (
          <li key={id} className={isValid ? "" : "text-muted"}>
            <div className="grid gap-0.5 px-4 py-3">
              <h3 className="flex flex-wrap items-center gap-2 font-medium">
                <bdi className="wrap-anywhere">{name}</bdi>
                {tagsOf(share).map((tag) => (
                  <Badge key={tag} tone="plain">
                    {tag}
                  </Badge>
                ))}
                {state !== "valid" && <Badge tone="plain">{STATES[state]}</Badge>}
              </h3>
              <p className="wrap-anywhere text-muted">{detail(share, zone)}</p>
              {isValid && (
                <div className="flex min-w-0 items-center gap-1">
                  <TextLink href={path} target="_blank" className="truncate">
                    {`${origin.replace(/^https?:\/\//, "")}${path}`}
                  </TextLink>
                  <CopyButton text={`${origin}${path}`} label={`Copy the link of ${name}`} />
                </div>
              )}
            </div>
            {isValid && (
              <div className="flex px-4 pb-3">
                <ConfirmAction
                  button="Revoke"
                  label={`Revoke ${name}`}
                  question={
                    <>
                      Revoke “<bdi>{name}</bdi>”? Whoever opens it sees nothing from now on. It can’t be made valid
                      again.
                    </>
                  }
                  busy="Revoking…"
                  method="DELETE"
                  address={`/api/shares/${encodeURIComponent(id)}`}
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
