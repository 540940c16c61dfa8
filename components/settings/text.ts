import type { ShownSecret } from "@/lib/deliveries/secrets/manage";

/** Texts of the page Settings. */
export const text = {
  settings: "Settings",
  webhookSecrets: "Webhook secrets",
  whatSecretsDo: (zone: string) =>
    `Deliveries must be signed with one of these secrets. In Dub, create a webhook that sends {event} to the URL below and paste its secret here. Times are in ${zone}.`,
  copyAddress: "Copy URL",
  folders: {
    title: "Folders",
    what: "Dub sends only folder ids. Name your folders here; everyone who signs in sees the names.",
    links: (n: number) => (n === 1 ? "1 link" : `${n.toLocaleString("en")} links`),
    nameOf: (id: string) => `Name of folder ${id}`,
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
      unreadable: "Unreadable",
    } satisfies Record<ShownSecret["state"], string>,
    origins: {
      settings: null,
      environment: "Set in the server’s environment. Change it there.",
      demo: "Derived from the server’s key and used by npm run demo.",
    } satisfies Record<ShownSecret["source"], string | null>,
    replacedBy: (name: string | null) => `Valid until you revoke it. “${name}” replaces it.`,
    unreadable: "This secret was saved with a different SECRET_KEY. Revoke it and add it again.",
    added: (time: string) => `Added ${time}.`,
    lastUsed: (time: string) => `Last used ${time}.`,
    notUsed: "Never used.",
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
      "Revoke “{name}”? Deliveries signed with it will be rejected, and Dub disables a webhook after 20 failures in a row. Check “Last used” first.",
    keep: "Keep",
  },
  form: {
    open: "Add a secret",
    name: "Name",
    aboutName: "For example, the webhook’s name in Dub. Shown with each delivery.",
    origin: "Source of the secret",
    paste: "Paste from Dub",
    make: "Generate one for your own sender",
    secret: "Secret",
    secretExample: "whsec_…",
    aboutSecret: "From the webhook’s page in Dub. Stored encrypted and never shown again.",
    add: "Add secret",
    addReplacement: "Add replacement",
    adding: "Adding…",
  },
  made: {
    copyNow: "Copy it now. It won’t be shown again.",
    copy: "Copy secret",
    copied: "I’ve copied it",
  },
} as const;
