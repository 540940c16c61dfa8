import type { Metadata } from "next";
import type { ReactNode } from "react";
import { RetentionForm, StoredForm } from "@/components/settings/stored-form";
import { VisitorRequest } from "@/components/settings/visitor-request";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { requireViewer } from "@/lib/account/session";
import { env } from "@/lib/base/env";
import { cutProgress } from "@/lib/deliveries/privacy/cut-stored";
import { readPrivacy, usualDeliveryDays } from "@/lib/deliveries/privacy/settings";

export const metadata: Metadata = { title: "Privacy" };

type SectionProps = { title: string; about: ReactNode; children: ReactNode };

function Section({ title, about, children }: SectionProps) {
  return (
    <section aria-label={title} className="card">
      <div className="grid grid-cols-1 gap-2 border-line border-b p-4">
        <h2 className="font-semibold">{title}</h2>
        <div className="grid gap-2 text-muted">{about}</div>
      </div>
      {children}
    </section>
  );
}

export default async function Privacy({ searchParams }: PageProps) {
  await requireViewer("settings");
  const [settings, progress, params] = await Promise.all([readPrivacy(), cutProgress(), pageParams(searchParams)]);
  const { keptAddress, visitorPeriod, clickDays } = settings;
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-4">
      <Section
        title="What is stored"
        about={
          <>
            <p>
              Visitors are counted by a keyed hash of IP address and browser, which is made from the whole address
              before it is truncated or dropped. Unique visitors are as exact with every choice of addresses.
            </p>
            {progress !== null && (
              <p role="status">{`Stored addresses are being changed: ${Math.floor(progress * 100)} % done.`}</p>
            )}
          </>
        }
      >
        <StoredForm keptAddress={keptAddress} visitorPeriod={visitorPeriod} />
      </Section>
      <Section
        title="How long"
        about={<p>What is deleted leaves every figure. Backups keep it until they are deleted themselves.</p>}
      >
        <RetentionForm
          clickDays={clickDays}
          deliveryDays={usualDeliveryDays(settings)}
          isDeliveriesFixed={env().LEDGER_DAYS !== undefined}
        />
      </Section>
      <Section
        title="Find, download or delete"
        about={
          <p>
            For somebody who asks what is stored about them, or wants it deleted. The audit log says that it was done,
            but not for whom.
          </p>
        }
      >
        <VisitorRequest visitor={params.get("visitor")} />
      </Section>
    </div>
  );
}
