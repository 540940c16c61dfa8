import type { Person } from "@/lib/question/question";

/** What the audit log records, in the order of its filter, with the words that say it. Stored, so never renamed. */
export const ACTIONS = {
  "session.start": "Signed in",
  "session.refuse": "Failed to sign in",
  "session.end": "Signed out",
  "account.create": "Created the account",
  "account.change": "Changed the account",
  "preferences.change": "Changed preferences",
  "account.join": "Joined",
  "account.forget": "Asked for a password link",
  "account.reset": "Set a new password by link",
  "account.connect": "Connected a sign-in provider",
  "account.disconnect": "Disconnected a sign-in provider",
  "account.two-factor-on": "Turned two-factor sign-in on",
  "account.two-factor-off": "Turned two-factor sign-in off",
  "account.recovery-codes": "Made new recovery codes",
  "person.two-factor-off": "Turned somebody’s two-factor sign-in off",
  "person.invite": "Invited somebody",
  "person.uninvite": "Took an invitation back",
  "person.change": "Changed somebody’s rights",
  "person.remove": "Removed somebody",
  "person.reset": "Made a password link",
  "session.revoke": "Ended sessions",
  "key.create": "Created an API key",
  "key.revoke": "Revoked an API key",
  "sql-user.create": "Made an SQL user",
  "sql-user.revoke": "Revoked an SQL user",
  "share.create": "Made a share link",
  "share.revoke": "Revoked a share link",
  "share.refuse": "Entered a wrong password of a share link",
  "secret.add": "Added a webhook secret",
  "secret.rename": "Renamed a webhook secret",
  "secret.revoke": "Revoked a webhook secret",
  "export.download": "Exported",
  "delivery.replay": "Replayed deliveries",
  "privacy.change": "Changed privacy settings",
  "clicks.delete": "Deleted clicks",
  "visitor.export": "Exported what is stored about a visitor",
  "demo.add": "Added demo clicks",
  "demo.remove": "Removed demo clicks",
  "folder.rename": "Named a folder",
} as const;

export type Action = keyof typeof ACTIONS;

export const isAction = (text: string | null): text is Action => text !== null && Object.hasOwn(ACTIONS, text);

/** Who acted: a person, a program with a key, somebody with a shell on the host, or nobody who was let in. */
export type Actor =
  | { kind: "person"; id: string }
  | { kind: "key"; id: string; name: string }
  | { kind: "host" }
  | { kind: "nobody"; name: string };

/** Somebody with an account. */
export const personActor = ({ userId }: Person): Actor => ({ kind: "person", id: userId });
