import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { SignOutForm } from "@/components/access/sign-out-form";
import { AccountForms } from "@/components/settings/account-forms";
import { RemoveDemo } from "@/components/settings/demo-actions";
import { FolderList } from "@/components/settings/folder-list";
import { PreferencesForm } from "@/components/settings/preferences-form";
import { ProviderConnection } from "@/components/settings/provider-connection";
import { AddSecret } from "@/components/settings/secret-actions";
import { SecretsList } from "@/components/settings/secrets-list";
import { SessionsList } from "@/components/settings/sessions-list";
import { TwoFactor } from "@/components/settings/two-factor";
import { QuietButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { counted } from "@/components/ui/counted";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { isManaged, readAccount } from "@/lib/account/account";
import { listSessions } from "@/lib/account/people/sessions";
import { usualBots } from "@/lib/account/preferences";
import { failureWords, shownProvider } from "@/lib/account/provider/sign-in";
import { requireViewer } from "@/lib/account/session";
import { env } from "@/lib/base/env";
import { zoneLabel } from "@/lib/base/format";
import { listFolders } from "@/lib/click/folders";
import { countDemo } from "@/lib/deliveries/demo/demo";
import { listSecrets } from "@/lib/deliveries/secrets/manage";
import { webhookUrl } from "@/lib/deliveries/webhook-url";
import { filtersFromParams } from "@/lib/question/codec/read";

export const metadata: Metadata = { title: "Settings" };

/** Why an account's email address and password can't be changed here; null when they can. */
function setElsewhere({ email, hasPassword }: { email: string; hasPassword: boolean }): ReactNode {
  if (isManaged(email)) {
    return (
      <>
        <code>ADMIN_EMAIL</code> and <code>ADMIN_PASSWORD</code> set this account. Change them in the server’s
        environment.
      </>
    );
  }
  if (hasPassword) return null;
  const name = shownProvider()?.name ?? "your organisation’s proxy";
  return <>You sign in with {name} and have no password here. To have one, ask an admin for a password link.</>;
}

export default async function Settings({ searchParams }: PageProps) {
  const viewer = await requireViewer();
  const mayChange = viewer.powers.includes("settings");
  const caller = await headers();
  const [secrets, folders, account, demo, sessions] = await Promise.all([
    mayChange ? listSecrets() : [],
    viewer.powers.includes("operate") ? listFolders() : [],
    readAccount(viewer),
    mayChange ? countDemo() : { clicks: 0, links: 0 },
    listSessions(viewer, caller),
  ]);
  const hasDemo = demo.clicks + demo.links > 0;
  const now = new Date();
  const { zone } = filtersFromParams(await pageParams(searchParams), now);
  const address = webhookUrl(caller);
  const provider = shownProvider();
  const { error } = await searchParams;
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-4">
      {mayChange && (
        <section aria-label="Webhook secrets" className="overflow-hidden card">
          <div className="grid grid-cols-1 gap-2 border-line border-b px-4 py-4">
            <h2 className="font-semibold">Webhook secrets</h2>
            <p className="text-muted">
              Deliveries must be signed with one of these secrets. In Dub, create a webhook that sends{" "}
              <code>link.clicked</code> to the URL below and paste its secret here. Times are in {zoneLabel(zone, now)}.
            </p>
            <div className="flex items-center gap-1">
              <code className="min-w-0 truncate rounded-md bg-raised px-2 py-1.5 font-mono text-[13px]">{address}</code>
              <CopyButton text={address} label="Copy URL" />
            </div>
          </div>
          <SecretsList secrets={secrets} zone={zone} />
          <AddSecret />
        </section>
      )}
      {folders.length > 0 && (
        <section aria-label="Folders" className="overflow-hidden card">
          <div className="grid grid-cols-1 gap-2 border-line border-b px-4 py-4">
            <h2 className="font-semibold">Folders</h2>
            <p className="text-muted">
              Dub sends only folder ids. Name your folders here; everyone who signs in sees the names.
            </p>
          </div>
          <FolderList folders={folders} />
        </section>
      )}
      <RemoveDemo
        size={hasDemo ? `${counted(demo.clicks, "demo click")} and ${counted(demo.links, "demo link")}` : null}
      />
      <section aria-label="Preferences" className="card">
        <h2 className="border-line border-b p-4 font-semibold">Preferences</h2>
        <PreferencesForm
          zone={account.zone}
          weekStart={account.weekStart ?? "monday"}
          bots={await usualBots()}
          isBotsFixed={env().DEFAULT_BOTS !== undefined}
          mayChangeBots={mayChange}
        />
      </section>
      <section aria-label="Account" className="card">
        <div className="flex flex-wrap items-center justify-between gap-3 border-line border-b p-4">
          <h2 className="font-semibold">Account</h2>
          <SignOutForm>
            <QuietButton type="submit">Sign out of Footfall</QuietButton>
          </SignOutForm>
        </div>
        <AccountForms email={account.email} setElsewhere={setElsewhere(account)} />
        {provider && account.hasPassword && (
          <ProviderConnection
            name={provider.name}
            url={provider.url}
            isConnected={account.issuers.includes(provider.issuer)}
            problem={error === undefined ? null : failureWords(String(error))}
          />
        )}
        {account.hasPassword && <TwoFactor isOn={account.twoFactorEnabled} />}
        <SessionsList sessions={sessions} zone={zone} />
      </section>
    </div>
  );
}
