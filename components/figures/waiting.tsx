import { Check, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { AddDemo } from "@/components/settings/demo-actions";
import { AddSecret } from "@/components/settings/secret-actions";
import { CopyButton } from "@/components/ui/copy-button";
import { TextLink } from "@/components/ui/link";
import { Refresh } from "@/components/ui/pending";
import { count } from "@/lib/base/format";
import type { DemoProgress } from "@/lib/deliveries/demo/demo";
import type { Refusal } from "@/lib/deliveries/refusals";

/**
 * `isReachable`: whether the sender could reach the address; `arrived`: the newest delivery so far, which wasn't a
 * click; `refused`: the newest request, if it was rejected.
 */
type Props = {
  webhookUrl: string;
  isReachable: boolean;
  hasSecret: boolean;
  arrived: { isTest: boolean; ago: string } | null;
  refused: { reason: Refusal["reason"]; ago: string } | null;
  hasDemoFailed: boolean;
};

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[2rem_1fr] gap-x-3">
      <span
        aria-hidden
        className="grid size-7 place-items-center rounded-full bg-accent-soft font-semibold text-accent-strong text-xs"
      >
        {number}
      </span>
      <div className="grid gap-1.5 pt-1">
        <h2 className="font-semibold">{title}</h2>
        <div className="text-muted leading-relaxed">{children}</div>
      </div>
    </li>
  );
}

const Code = ({ children }: { children: string }) => (
  <code className="whitespace-nowrap rounded-md bg-raised px-1.5 py-0.5 font-mono text-[13px] text-ink">
    {children}
  </code>
);

const REFUSAL_WORDS: Record<Refusal["reason"], string> = {
  signature: "It was signed with a different secret. Copy the secret from Dub again.",
  unsigned: "It had no signature. Deliveries from Dub always have one, so it came from somebody else.",
  size: "It was too large.",
  address: "Its IP address isn’t in WEBHOOK_ALLOW.",
  unavailable: "The server couldn’t store it. Dub will send it again.",
};

function Arrived({ arrived, refused }: Pick<Props, "arrived" | "refused">) {
  if (refused) {
    return (
      <span className="text-danger">
        A delivery was rejected {refused.ago}. {REFUSAL_WORDS[refused.reason]}
      </span>
    );
  }
  if (!arrived) return "Nothing received yet.";
  if (arrived.isTest) return `Test event received ${arrived.ago}. The connection works: now click one of your links.`;
  return (
    <>
      A delivery was received {arrived.ago} but not counted as a click.{" "}
      <TextLink href="/deliveries" className="underline">
        See why
      </TextLink>
    </>
  );
}

const SETTINGS = (
  <TextLink href="/settings" className="underline">
    Settings
  </TextLink>
);

/** Shown until the first click: how to connect Dub, and what has arrived so far. */
export function Waiting({ webhookUrl, isReachable, hasSecret, arrived, refused, hasDemoFailed }: Props) {
  return (
    <div className="mx-auto max-w-2xl py-6 sm:py-12">
      <Refresh seconds={4} />
      <p className="flex items-center gap-2.5 text-accent">
        <span aria-hidden className="size-2.5 motion-safe:animate-pulse rounded-full bg-accent" />
        <span className="font-medium">Listening</span>
      </p>
      <h1 className="mt-2 font-semibold text-3xl tracking-tight">Waiting for the first click</h1>
      <p className="mt-2 text-base text-muted">
        Connect Dub in three steps. This page updates when the first click arrives.
      </p>
      <ol className="mt-8 grid gap-7 card p-5 sm:p-7">
        <Step number={1} title="Create a webhook in Dub">
          In Dub open <strong className="text-ink">Settings → Webhooks → Create webhook</strong> and paste this address:
          <span className="mt-2 flex items-center gap-1 rounded-lg border border-line bg-page py-1 pr-1 pl-3">
            <code className="min-w-0 flex-1 break-all font-mono text-[13px] text-ink">{webhookUrl}</code>
            <CopyButton text={webhookUrl} label="Copy the webhook address" />
          </span>
          {!isReachable && (
            <span className="mt-2 flex gap-2">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
              <span>
                Dub can’t reach this address from the internet. Open Footfall at its public address, or start it with{" "}
                <Code>PUBLIC_URL=https://…</Code>
              </span>
            </span>
          )}
        </Step>
        <Step number={2} title="Choose the events">
          Select <Code>link.clicked</Code> for all links in the workspace. Add <Code>link.created</Code>,{" "}
          <Code>link.updated</Code> and <Code>link.deleted</Code> to keep titles and tags up to date.
        </Step>
        <Step number={3} title="Add the signing secret">
          {hasSecret ? (
            <span className="flex gap-2">
              <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
              <span>
                A secret is set. If Dub shows a different one, add it in {SETTINGS}. Then choose “Send test event” in
                Dub.
              </span>
            </span>
          ) : (
            <span className="flex gap-2">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
              <span>
                Copy the secret from Dub and add it here, or start Footfall with <Code>DUB_WEBHOOK_SECRET=whsec_…</Code>
                . Until then, every delivery is rejected.
              </span>
            </span>
          )}
          {/* Always here: a generated secret is shown once, after which there is one. */}
          <div className="-mx-4">
            <AddSecret />
          </div>
        </Step>
      </ol>
      <p role="status" className="mt-4 rounded-xl border border-line px-5 py-3.5 text-muted">
        <Arrived arrived={arrived} refused={refused} />
      </p>
      <div className="mt-6 grid gap-3">
        <p className="text-muted">
          Just looking around? Fill Footfall with a month of realistic clicks. You can remove them in {SETTINGS}.
        </p>
        {hasDemoFailed && (
          <p role="alert" className="text-danger">
            The demo clicks couldn’t be added. See the server’s log, then try again.
          </p>
        )}
        <AddDemo />
      </div>
    </div>
  );
}

/** Shown while demo clicks are added. */
export function AddingDemo({ stored, total }: DemoProgress) {
  return (
    <div className="mx-auto grid max-w-2xl gap-3 py-6 sm:py-12">
      <Refresh seconds={1} />
      <h1 className="font-semibold text-3xl tracking-tight">Adding demo clicks</h1>
      <progress aria-label="Demo clicks added" value={stored} max={total} className="h-2 w-full accent-accent" />
      <p className="text-muted tabular-nums">
        {`${count(stored)} of ${count(total)} deliveries. The overview opens when all are there.`}
      </p>
    </div>
  );
}

/** Above the figures while there are demo clicks. `hasFailed`: not all of them could be added. */
export function DemoNote({ hasFailed }: { hasFailed: boolean }) {
  return (
    <p className="text-muted">
      {hasFailed && "Not all demo clicks could be added. Remove them, then add them again. "}
      Demo clicks count in these figures.{" "}
      <TextLink href="/settings#demo" className="underline">
        Remove them in Settings
      </TextLink>
    </p>
  );
}
