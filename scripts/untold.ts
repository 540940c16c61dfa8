/** Says how many clicks nobody can assign to the address that was asked for. */
export const untoldWords = (clicks: number): string =>
  `${clicks.toLocaleString("en-US")} more clicks may be from this address: nobody can tell, as it was truncated or removed,
and what their visitors were hashed with has been thrown away.`;
