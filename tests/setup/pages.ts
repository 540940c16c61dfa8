/** Every page behind the sign-in, and the power that it needs. */
export const PAGES: Record<string, string | null> = {
  "(dashboard)/compare/page.tsx": null,
  "(dashboard)/deliveries/page.tsx": "operate",
  "(dashboard)/events/page.tsx": null,
  "(dashboard)/health/page.tsx": "operate",
  "(dashboard)/links/[id]/page.tsx": null,
  "(dashboard)/links/page.tsx": null,
  "(dashboard)/page.tsx": null,
  "(dashboard)/settings/audit/page.tsx": "settings",
  "(dashboard)/settings/keys/page.tsx": "settings",
  "(dashboard)/settings/page.tsx": null,
  "(dashboard)/settings/people/page.tsx": "settings",
  "(dashboard)/settings/privacy/page.tsx": "settings",
  "(dashboard)/settings/shares/page.tsx": "write",
};
/** Pages with a check of their own, or none. */
export const OPEN_PAGES = [
  ...["code/page.tsx", "forgot/page.tsx", "join/page.tsx", "login/page.tsx", "reset/page.tsx", "setup/page.tsx"],
  "docs/api/page.tsx",
  // Its own test: tests/e2e/23-shares.spec.ts.
  "share/[token]/page.tsx",
];
