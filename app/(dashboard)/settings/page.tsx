import type { Metadata } from "next";
import { headers } from "next/headers";
import { SignOutForm } from "@/components/access/sign-out-form";
import { FolderList } from "@/components/settings/folder-list";
import { AddSecret } from "@/components/settings/secret-form";
import { SecretsList } from "@/components/settings/secrets-list";
import { text } from "@/components/settings/text";
import { CopyButton } from "@/components/ui/copy-button";
import { QuietButton } from "@/components/ui/quiet-button";
import { Sentence } from "@/components/ui/sentence";
import { pageParams } from "@/components/views/page-params";
import { requireViewer } from "@/lib/account/session";
import { zoneLabel } from "@/lib/base/format";
import { listFolders } from "@/lib/click/folders";
import { listSecrets } from "@/lib/deliveries/secrets/manage";
import { webhookUrl } from "@/lib/deliveries/webhook-url";
import { filtersFromParams } from "@/lib/question/codec/read";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: text.settings };

export default async function Settings({ searchParams }: Props) {
  await requireViewer();
  const [secrets, folders] = await Promise.all([listSecrets(), listFolders()]);
  const now = new Date();
  const { zone } = filtersFromParams(await pageParams(searchParams), now);
  const address = webhookUrl(await headers());
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-4">
      <h1 className="font-semibold text-2xl tracking-tight">{text.settings}</h1>
      <section
        aria-labelledby="webhook-secrets"
        className="overflow-hidden rounded-2xl border border-line bg-surface shadow-card"
      >
        <div className="grid grid-cols-1 gap-2 border-line border-b px-4 py-4">
          <h2 id="webhook-secrets" className="font-semibold">
            {text.webhookSecrets}
          </h2>
          <p className="text-muted">
            <Sentence text={text.whatSecretsDo(zoneLabel(zone, now))} parts={{ event: <code>link.clicked</code> }} />
          </p>
          <div className="flex items-center gap-1">
            <code className="min-w-0 truncate rounded-md bg-raised px-2 py-1.5 font-mono text-[13px]">{address}</code>
            <CopyButton text={address} label={text.copyAddress} />
          </div>
        </div>
        <SecretsList secrets={secrets} zone={zone} />
        <AddSecret />
      </section>
      {folders.length > 0 && (
        <section
          aria-labelledby="folders"
          className="overflow-hidden rounded-2xl border border-line bg-surface shadow-card"
        >
          <div className="grid grid-cols-1 gap-2 border-line border-b px-4 py-4">
            <h2 id="folders" className="font-semibold">
              {text.folders.title}
            </h2>
            <p className="text-muted">{text.folders.what}</p>
          </div>
          <FolderList folders={folders} />
        </section>
      )}
      <section
        aria-labelledby="account"
        className="flex flex-wrap items-center justify-between gap-3 rounded-2xl border border-line bg-surface px-4 py-4 shadow-card"
      >
        <h2 id="account" className="font-semibold">
          {text.account}
        </h2>
        <SignOutForm>
          <QuietButton type="submit">{text.signOut}</QuietButton>
        </SignOutForm>
      </section>
    </div>
  );
}
