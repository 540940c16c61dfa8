"use client";

import { Plus } from "lucide-react";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { aboutField, Check, Field, Problem, SelectField } from "@/components/ui/field";
import { FormButtons } from "@/components/ui/form-buttons";
import { useChange } from "@/components/ui/use-json";
import type { LinkChoices } from "@/lib/account/link-choices";
import type { ShownPerson } from "@/lib/account/people/people";
import { ROLE_KEYS, ROLE_WORDS, ROLES, type Role } from "@/lib/account/roles";
import { ConfirmAction } from "./confirm-action";
import { LimitFields, limitIn } from "./limit-fields";
import { MadeValue } from "./made-value";

type RightsProps = {
  rights: Pick<ShownPerson, "role" | "mayExport" | "links">;
  /** Roles that the reader may give. */
  roles: readonly Role[];
  choices: LinkChoices;
  problem: string | undefined;
};

/** Fields of what somebody may do and see. */
function RightsFields({ rights, roles, choices, problem }: RightsProps) {
  const [role, setRole] = useState(rights.role);
  const canLimit = role === "member" || role === "viewer";
  return (
    <>
      <SelectField
        label="Role"
        name="role"
        value={role}
        hint={`${ROLE_WORDS[role]}.`}
        onChange={(event) => setRole(ROLE_KEYS.find((key) => key === event.target.value) ?? role)}
      >
        {roles.map((key) => (
          <option key={key} value={key}>
            {ROLES[key]}
          </option>
        ))}
      </SelectField>
      {canLimit && (
        <>
          <Check name="mayExport" value="true" label="May download exports" isOn={rights.mayExport} />
          <LimitFields choices={choices} limit={rights.links} problem={problem} />
        </>
      )}
    </>
  );
}

/** The rights that a form states, as the API takes them. */
function rightsIn(form: FormData) {
  const role = String(form.get("role"));
  const isFull = role === "owner" || role === "admin";
  return { role, mayExport: isFull || form.has("mayExport"), links: isFull ? null : limitIn(form) };
}

type FormProps = {
  button: string;
  busy: string;
  problem: string | null;
  pending: boolean;
  onSend: (form: FormData) => Promise<void>;
  onCancel: () => void;
  children: ReactNode;
};

function RightsForm({ button, busy, problem, pending, onSend, onCancel, children }: FormProps) {
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void onSend(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-4 p-4">
      {children}
      <Problem>{problem}</Problem>
      <FormButtons submit={pending ? busy : button} pending={pending} onCancel={onCancel} />
    </form>
  );
}

/** The address of an entry page with a token, to be sent to somebody. */
const linkWith = (path: string, token: string) => `${location.origin}${path}?${new URLSearchParams({ token })}`;

/** What the API answers about a link that it made. */
type Made = { token: string; isMailed: boolean | null };
/** A link that is shown, and what became of the email with it. */
type ShownLink = { value: string; title: string | undefined };

const TITLES = new Map<boolean | null, string>([
  [true, "Sent by email. You can copy it, too; it won’t be shown again."],
  [false, "The email couldn’t be sent: the server’s log says why. Copy the link now and send it yourself."],
]);

const shownLink = (path: string, { token, isMailed }: Made): ShownLink => ({
  value: linkWith(path, token),
  title: TITLES.get(isMailed),
});

/** `sendsMail`: whether the server sends links to an address. */
type InviteProps = { roles: readonly Role[]; choices: LinkChoices; sendsMail: boolean };

type PersonProps = InviteProps & { person: ShownPerson };

function ChangeRights({ person, roles, choices, onDone }: PersonProps & { onDone: () => void }) {
  const { change, pending, problem } = useChange();
  const ofLinks = aboutField(problem, "links");
  const save = async (form: FormData) => {
    const address = `/api/people/${encodeURIComponent(person.id)}`;
    if ((await change("PATCH", address, rightsIn(form))) !== undefined) onDone();
  };
  return (
    <RightsForm
      {...{
        button: "Save",
        busy: "Saving…",
        pending,
        problem: ofLinks ? null : problem,
        onSend: save,
        onCancel: onDone,
      }}
    >
      <RightsFields rights={person} roles={roles} choices={choices} problem={ofLinks} />
    </RightsForm>
  );
}

/** What can be done about a person. */
export function PersonActions(props: PersonProps) {
  const { id, email, isSelf, isManaged, hasTwoFactor, sessions } = props.person;
  const [isChanging, setChanging] = useState(false);
  const [link, setLink] = useState<ShownLink | null>(null);
  const address = `/api/people/${encodeURIComponent(id)}`;
  const name = <bdi>{email}</bdi>;
  if (link !== null) return <MadeValue {...link} copyLabel="Copy link" onDone={() => setLink(null)} />;
  if (isChanging) return <ChangeRights {...props} onDone={() => setChanging(false)} />;
  return (
    <div className="flex flex-wrap gap-2 px-4 pb-3">
      <QuietButton aria-label={`Change ${email}`} onClick={() => setChanging(true)}>
        Change
      </QuietButton>
      {!isManaged && (
        <ConfirmAction<Made>
          button="Password link"
          label={`Password link for ${email}`}
          question={
            <>
              Make a link with which {name} sets a new password?{" "}
              {props.sendsMail ? "It is sent by email, too." : "Send it to nobody else."} It works once, for a day.
            </>
          }
          busy="Making…"
          isLoss={false}
          method="POST"
          address={`${address}/reset`}
          onAnswer={(answer) => setLink(shownLink("/reset", answer))}
        />
      )}
      {sessions > 0 && !isSelf && (
        <ConfirmAction
          button="Sign out everywhere"
          label={`Sign ${email} out everywhere`}
          question={<>Sign {name} out on every device? They can sign in again.</>}
          busy="Signing out…"
          method="DELETE"
          address={`${address}/sessions`}
        />
      )}
      {hasTwoFactor && !isSelf && (
        <ConfirmAction
          button="Turn off two-factor"
          label={`Turn off two-factor sign-in of ${email}`}
          question={<>Turn two-factor sign-in of {name} off? Do it only if they lost their app and recovery codes.</>}
          busy="Turning off…"
          method="DELETE"
          address={`${address}/two-factor`}
        />
      )}
      {!isSelf && (
        <ConfirmAction
          button="Remove"
          label={`Remove ${email}`}
          question={
            <>
              Remove {name}? Their sessions end, and their saved views and open invitations are deleted, shared views
              too. Notes, API keys and share links stay.
            </>
          }
          busy="Removing…"
          method="DELETE"
          address={address}
        />
      )}
    </div>
  );
}

function InviteForm({ roles, choices, sendsMail, onDone }: InviteProps & { onDone: () => void }) {
  const { change, pending, problem } = useChange();
  const [link, setLink] = useState<ShownLink | null>(null);
  const [ofEmail, ofLinks] = [
    aboutField(problem, "email"),
    aboutField(problem, "rights.links") ?? aboutField(problem, "links"),
  ];
  const send = async (form: FormData) => {
    const email = String(form.get("email")).trim() || null;
    const answer = await change<Made>("POST", "/api/invitations", { email, rights: rightsIn(form) });
    if (answer) setLink(shownLink("/join", answer));
  };
  if (link !== null) return <MadeValue {...link} copyLabel="Copy link" onDone={onDone} />;
  return (
    <RightsForm
      {...{ button: "Make link", busy: "Making…", pending, onSend: send, onCancel: onDone }}
      problem={ofEmail || ofLinks ? null : problem}
    >
      <Field
        label="Email (optional)"
        name="email"
        autoFocus
        type="email"
        autoComplete="off"
        hint={
          sendsMail
            ? "The link is sent there. Without an address you send it."
            : "Filled in for them. Footfall sends no email: you send the link."
        }
        error={ofEmail}
      />
      <RightsFields
        rights={{ role: "viewer", mayExport: true, links: null }}
        roles={roles}
        choices={choices}
        problem={ofLinks}
      />
    </RightsForm>
  );
}

/** Opens the form of an invitation. */
export function Invite(props: InviteProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <InviteForm {...props} onDone={() => setOpen(false)} />;
  return (
    <div className="p-4">
      <QuietButton onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-4" />
        Invite somebody
      </QuietButton>
    </div>
  );
}
