/** Roles, the most powerful first, with their names. */
export const ROLES = { owner: "Owner", admin: "Admin", member: "Member", viewer: "Viewer" } as const;
export type Role = keyof typeof ROLES;
export const ROLE_KEYS = Object.keys(ROLES) as Role[];

/** What a role is for, as the form for it says. */
export const ROLE_WORDS: Record<Role, string> = {
  owner: "Everything, also making and removing owners",
  admin: "Settings and people",
  member: "Everything but settings",
  viewer: "Looks at figures and clicks",
};

/**
 * What somebody may do besides looking. `write`: notes and shared views. `operate`: deliveries, replays, names of folders
 * and the server's health, which are about all links. `settings`: settings, keys, people and the audit log.
 */
export type Power = "export" | "write" | "operate" | "settings";

const POWERS: Record<Role, readonly Power[]> = {
  owner: ["export", "write", "operate", "settings"],
  admin: ["export", "write", "operate", "settings"],
  member: ["export", "write", "operate"],
  viewer: ["export"],
};

/** What somebody may do: their role's powers, without what sees all links if they are limited to some. */
export const powersOf = (role: Role, { mayExport, isLimited }: { mayExport: boolean; isLimited: boolean }): Power[] =>
  POWERS[role].filter((power) => (power !== "export" || mayExport) && (power !== "operate" || !isLimited));
