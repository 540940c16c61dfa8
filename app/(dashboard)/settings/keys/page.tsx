import type { Metadata } from "next";
import { headers } from "next/headers";
import { AddKey } from "@/components/settings/key-form";
import { KeysList } from "@/components/settings/keys-list";
import { CopyButton } from "@/components/ui/copy-button";
import { TextLink } from "@/components/ui/link";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { listKeys } from "@/lib/account/keys/store";
import { limitNames, linkChoices } from "@/lib/account/link-choices";
import { requireViewer } from "@/lib/account/session";
import { zoneLabel } from "@/lib/base/format";
import { webhookUrl } from "@/lib/deliveries/webhook-url";
import { filtersFromParams } from "@/lib/question/codec/read";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeys({ searchParams }: PageProps) {
  await requireViewer("settings");
  const [keys, choices] = await Promise.all([listKeys(), linkChoices()]);
  const nameOf = await limitNames(keys, choices);
  const now = new Date();
  const address = new URL("/api/v1/analytics?groupBy=countries&interval=30d", webhookUrl(await headers()));
  const example = `curl -H "Authorization: Bearer KEY" "${address}"`;
  const { zone } = filtersFromParams(await pageParams(searchParams), now);
  return (
    <section aria-label="API keys" className="max-w-3xl overflow-hidden card">
      <div className="grid grid-cols-1 gap-2 border-line border-b px-4 py-4">
        <h2 className="font-semibold">API keys</h2>
        <p className="text-muted">
          A program sends its key with each request for figures, clicks or exports. A key opens no page and changes
          nothing. The <TextLink href="/docs/api">API reference</TextLink> has all of them. Times are in{" "}
          {zoneLabel(zone, now)}.
        </p>
        <div className="flex items-center gap-1">
          <code className="min-w-0 truncate rounded-md bg-raised px-2 py-1.5 font-mono text-[13px]">{example}</code>
          <CopyButton text={example} label="Copy example" />
        </div>
      </div>
      <KeysList keys={keys} nameOf={nameOf} zone={zone} />
      <AddKey choices={choices} />
    </section>
  );
}
