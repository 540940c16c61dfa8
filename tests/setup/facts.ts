/** Lets the next question about this server look anew: what is known is shared for a second, and read for five. */
export function forgetFacts(): void {
  const known = globalThis as { footfallFacts?: unknown; footfallStored?: unknown; footfallSpoolable?: unknown };
  for (const name of ["footfallFacts", "footfallStored", "footfallSpoolable"] as const) delete known[name];
}
