import type { Metadata } from "next";
import { InvitationList, PeopleList } from "@/components/settings/people-list";
import { Invite } from "@/components/settings/person-actions";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { limitNames, linkChoices } from "@/lib/account/link-choices";
import { sendsMail } from "@/lib/account/mail/send";
import { listInvitations } from "@/lib/account/people/invitations";
import { listPeople } from "@/lib/account/people/people";
import { ROLE_KEYS } from "@/lib/account/roles";
import { requireViewer } from "@/lib/account/session";
import { zoneLabel } from "@/lib/base/format";
import { filtersFromParams } from "@/lib/question/codec/read";

export const metadata: Metadata = { title: "People" };

export default async function People({ searchParams }: PageProps) {
  const viewer = await requireViewer("settings");
  const [people, invitations, choices] = await Promise.all([listPeople(viewer), listInvitations(), linkChoices()]);
  const nameOf = await limitNames([...people, ...invitations], choices);
  const now = new Date();
  const { zone } = filtersFromParams(await pageParams(searchParams), now);
  const roles = ROLE_KEYS.filter((role) => role !== "owner" || viewer.role === "owner");
  return (
    <section aria-label="People" className="max-w-3xl overflow-hidden card">
      <div className="grid grid-cols-1 gap-2 border-line border-b px-4 py-4">
        <h2 className="font-semibold">People</h2>
        <p className="text-muted">
          Admins change settings and people, members work with everything else, viewers look. Members and viewers can be
          limited to some links. Changes hold at once. Times are in {zoneLabel(zone, now)}.
        </p>
      </div>
      <PeopleList {...{ people, roles, choices, nameOf, zone, sendsMail: sendsMail() }} />
      <InvitationList invitations={invitations} nameOf={nameOf} zone={zone} />
      <Invite roles={roles} choices={choices} sendsMail={sendsMail()} />
    </section>
  );
}
