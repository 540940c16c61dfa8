import { Badge } from "@/components/ui/badge";
import { counted } from "@/components/ui/counted";
import type { LinkChoices } from "@/lib/account/link-choices";
import type { ShownInvitation } from "@/lib/account/people/invitations";
import type { ShownPerson } from "@/lib/account/people/people";
import { ROLES, type Role } from "@/lib/account/roles";
import { minute } from "@/lib/base/format";
import { ConfirmAction } from "./confirm-action";
import { limitWords } from "./limit-words";
import { PersonActions } from "./person-actions";

type Names = { nameOf: (id: string) => string; zone: string };

function detail(person: ShownPerson, { nameOf, zone }: Names): string {
  const { links, mayExport, createdAt, seenAt, sessions, hasTwoFactor, hasPassword, isManaged } = person;
  const sentences = [
    limitWords(links, nameOf),
    !mayExport && "No exports.",
    `Joined ${minute(createdAt, zone)}.`,
    seenAt ? `Last signed in ${minute(seenAt, zone)}, ${counted(sessions, "session")}.` : "Not signed in now.",
    hasTwoFactor && "Two-factor sign-in.",
    !hasPassword && "No password.",
    isManaged && "Set by ADMIN_EMAIL in the server’s environment.",
  ];
  return sentences.filter(Boolean).join(" ");
}

type PeopleProps = Names & {
  people: ShownPerson[];
  /** Roles that the reader may give; a person with another one can't be changed. */
  roles: readonly Role[];
  choices: LinkChoices;
  sendsMail: boolean;
};

/** Everybody with an account, with what they may do and actions. */
export function PeopleList({ people, roles, choices, sendsMail, ...names }: PeopleProps) {
  return (
    <ul className="divide-y divide-line border-line border-b">
      {people.map((person) => {
        const { id, email, role, isSelf } = person;
        return (
          <li key={id}>
            <div className="grid gap-0.5 px-4 py-3">
              <h3 className="flex flex-wrap items-center gap-2 font-medium">
                <bdi className="wrap-anywhere">{email}</bdi>
                <Badge tone={role === "owner" || role === "admin" ? "good" : "plain"}>{ROLES[role]}</Badge>
                {isSelf && <Badge>You</Badge>}
              </h3>
              <p className="wrap-anywhere text-muted">{detail(person, names)}</p>
            </div>
            {roles.includes(role) && <PersonActions {...{ person, roles, choices, sendsMail }} />}
          </li>
        );
      })}
    </ul>
  );
}

/** Invitations that nobody has used yet. */
export function InvitationList({ invitations, nameOf, zone }: Names & { invitations: ShownInvitation[] }) {
  return (
    <ul aria-label="Open invitations" className="divide-y divide-line border-line border-b empty:hidden">
      {invitations.map(({ id, email, role, links, mayExport, by, expiresAt }) => (
        <li key={id}>
          <div className="grid gap-0.5 px-4 py-3">
            <h3 className="flex flex-wrap items-center gap-2 font-medium">
              <bdi className="wrap-anywhere">{email ?? "Anybody with the link"}</bdi>
              <Badge>{ROLES[role]}</Badge>
              <Badge tone="warn">Invited</Badge>
            </h3>
            <p className="wrap-anywhere text-muted">
              {[
                limitWords(links, nameOf),
                !mayExport && "No exports.",
                `The link is valid until ${minute(expiresAt, zone)}.`,
                by && `Made by ${by}.`,
              ]
                .filter(Boolean)
                .join(" ")}
            </p>
          </div>
          <div className="flex px-4 pb-3">
            <ConfirmAction
              button="Take back"
              label={`Take back the invitation of ${email ?? "anybody"}`}
              question="Take this invitation back? Its link stops working."
              busy="Taking back…"
              method="DELETE"
              address={`/api/invitations/${encodeURIComponent(id)}`}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
