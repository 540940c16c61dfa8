"use client";

import { Ellipsis, House, Users } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { text } from "@/lib/text/views";
import { type SavedView, viewHref } from "@/lib/views/view";
import { ViewActions } from "./view-actions";
import { type ChangeView, type CurrentPage, isShown } from "./view-change";

type Props = {
  view: SavedView;
  current: CurrentPage;
  change: ChangeView;
  onOpen: () => void;
};

/** One saved view: a link to it, what it is, and what can be done with it. */
export function ViewRow({ view, current, change, onOpen }: Props) {
  const [expanded, setExpanded] = useState(false);
  return (
    <li className={expanded ? "my-1 rounded-lg border border-line" : ""}>
      <div className="flex items-center">
        <Link
          href={viewHref(view)}
          prefetch={false}
          aria-current={isShown(view, current) ? "true" : undefined}
          onClick={onOpen}
          className="flex min-h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-2.5 hover:bg-raised aria-[current=true]:font-semibold max-sm:min-h-11"
        >
          <bdi className="truncate">{view.name}</bdi>
          {view.pinned && (
            <span title={text.isDefault} className="shrink-0 text-accent">
              <House aria-hidden className="size-3.5" />
              <span className="sr-only">{text.spokenDefault}</span>
            </span>
          )}
          {view.shared && (
            <span title={text.isShared} className="shrink-0 text-muted">
              <Users aria-hidden className="size-3.5" />
              <span className="sr-only">{text.spokenShared}</span>
            </span>
          )}
          {view.path !== current.path && (
            <span className="ml-auto max-w-28 shrink-0 truncate text-muted text-xs">{view.path}</span>
          )}
        </Link>
        <button
          type="button"
          aria-label={text.change(view.name)}
          aria-expanded={expanded}
          onClick={() => setExpanded(!expanded)}
          className="grid size-9 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink"
        >
          <Ellipsis aria-hidden className="size-4" />
        </button>
      </div>
      {expanded && <ViewActions view={view} current={current} change={change} onDone={() => setExpanded(false)} />}
    </li>
  );
}
