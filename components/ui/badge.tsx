import type { ReactNode } from "react";

const TONES = {
  plain: "bg-raised text-muted",
  good: "bg-accent-soft text-accent-strong",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
};

export type Tone = keyof typeof TONES;

type Props = { tone?: Tone; title?: string; children: ReactNode };

/** A word on a coloured background. The colour only repeats the word's meaning. */
export function Badge({ tone = "plain", title, children }: Props) {
  const look = "inline-flex shrink-0 items-center whitespace-nowrap rounded-md px-1.5 py-0.5 font-medium text-xs";
  return (
    <span title={title} className={`${look} ${TONES[tone]}`}>
      {children}
    </span>
  );
}

/** Whether a link was deleted or archived. */
export function LinkBadges({ link: { deletedAt, archived } }: { link: { deletedAt: Date | null; archived: boolean } }) {
  return (
    <>
      {deletedAt && <Badge tone="danger">Deleted</Badge>}
      {archived && <Badge tone="warn">Archived</Badge>}
    </>
  );
}

const DOTS: Record<string, string> = {
  ...{ red: "bg-red-500", yellow: "bg-yellow-500", green: "bg-green-500", blue: "bg-blue-500" },
  ...{ purple: "bg-purple-500", brown: "bg-amber-800", pink: "bg-pink-500" },
};

/** A tag's colour in Dub. Decorative: the name is next to it. */
export function TagDot({ color }: { color: string | null | undefined }) {
  return <span aria-hidden className={`size-2 shrink-0 rounded-full ${DOTS[color ?? ""] ?? "bg-gray-400"}`} />;
}

/** A link's tag. */
export function Tag({ name, color }: { name: string; color: string | null }) {
  return (
    <span className="inline-flex max-w-40 items-center gap-1.5 rounded-md border border-line bg-surface px-1.5 py-0.5 text-ink text-xs">
      <TagDot color={color} />
      <span className="truncate">{name}</span>
    </span>
  );
}
