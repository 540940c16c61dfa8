import type { ShownSecret } from "@/lib/deliveries/secrets/list";

/** What the settings say. */
export const text = {
  settings: "Settings",
  webhookSecrets: "Webhook secrets",
  whatSecretsDo: (zone: string) =>
    `A delivery counts when it is signed with one of these. In Dub, let a webhook send {event} to the address below and paste its secret here. Times are ${zone}.`,
  copyAddress: "Copy the address",
  folders: {
    title: "Folders",
    what: "Dub tells only the ids of folders. Give them the names you know; everybody here sees them.",
    links: (n: number) => (n === 1 ? "1 link" : `${n.toLocaleString("en")} links`),
    nameOf: (id: string) => `Name of the folder ${id}`,
    placeholder: "Name",
    save: "Save",
    saving: "Saving…",
  },
  account: "Account",
  signOut: "Sign out of Footfall",
  cancel: "Cancel",
  list: {
    states: {
      valid: "Valid",
      replaced: "Being replaced",
      revoked: "Revoked",
      unreadable: "Cannot be read",
    } satisfies Record<ShownSecret["state"], string>,
    origins: {
      settings: null,
      environment: "From the server’s environment: change it there.",
      demo: "Follows from the server’s key: npm run demo signs with it.",
    } satisfies Record<ShownSecret["source"], string | null>,
    replacedBy: (name: string | null) => `Valid until you revoke it. “${name}” takes its place.`,
    unreadable: "The server’s key is another than when it was added: revoke it and add it anew.",
    added: (time: string) => `Added ${time}.`,
    lastUsed: (time: string) => `Last used ${time}.`,
    notUsed: "Not used yet.",
  },
  actions: {
    rename: "Rename",
    renameIt: (name: string) => `Rename ${name}`,
    newName: "New name",
    replace: "Replace",
    replaceIt: (name: string) => `Replace ${name}`,
    replacementName: (name: string) => `${name} (new)`,
    revoke: "Revoke",
    revokeIt: (name: string) => `Revoke ${name}`,
    revoking: "Revoking…",
    mayRevoke:
      "Revoke “{name}”? What is signed with it will be refused, and Dub switches a webhook off after 20 failures in a row. First see that the last use is long ago.",
    keep: "Keep",
  },
  form: {
    open: "Add a secret",
    name: "Name",
    aboutName: "Such as the webhook’s in Dub. It is shown with each delivery.",
    origin: "Where the secret comes from",
    paste: "Paste Dub’s",
    make: "Make one here, for a sender of your own",
    secret: "Secret",
    secretExample: "whsec_…",
    aboutSecret: "From the webhook’s page in Dub. It is kept encrypted and not shown again.",
    add: "Add the secret",
    addReplacement: "Add the replacement",
    adding: "Adding…",
  },
  made: {
    copyNow: "Copy it now: it is not shown again.",
    copy: "Copy the secret",
    copied: "I have copied it",
  },
} as const;
