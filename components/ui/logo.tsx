/** The mark: three bars that climb like steps. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-on-accent">
        <rect x="7" y="17" width="4" height="8" rx="2" />
        <rect x="14" y="12" width="4" height="13" rx="2" />
        <rect x="21" y="7" width="4" height="18" rx="2" />
      </g>
    </svg>
  );
}
