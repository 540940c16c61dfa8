"use client";

import { Ellipsis, House, Users } from "lucide-react";
import Link from "next/link";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { Sentence } from "@/components/ui/sentence";
import { text } from "@/components/views/text";
import { type CurrentPage, isShown, NAME_LENGTH, type SavedView, viewHref } from "@/lib/account/views/view";

/** Changes a saved view, or with `POST` keeps one, and says whether it worked; if not, the menu says why. */
export type ChangeView = (method: "POST" | "PATCH" | "DELETE", id: string | null, body?: object) => Promise<boolean>;

type ActionsProps = {
  view: SavedView;
  current: CurrentPage;
  change: ChangeView;
  onDone: () => void;
};

const LOOK =
  "flex h-8 items-center whitespace-nowrap rounded-md border border-line px-2.5 font-medium hover:bg-raised max-sm:h-10";

function Action({ onClick, danger = false, children }: { onClick: () => void; danger?: boolean; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className={`${LOOK} ${danger ? "text-danger" : ""}`}>
      {children}
    </button>
  );
}

function Rename({ view, change, onDone }: Omit<ActionsProps, "current">) {
  const [name, setName] = useState(view.name);
  const rename = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await change("PATCH", view.id, { name })) onDone();
  };
  return (
    <form onSubmit={rename} className="flex w-full gap-1.5">
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to type here
        autoFocus
        type="text"
        aria-label={text.newName}
        required
        maxLength={NAME_LENGTH}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="h-8 min-w-0 flex-1 rounded-md border border-strong-line bg-surface px-2 max-sm:h-10 max-sm:text-base"
      />
      <button type="submit" className={LOOK}>
        {text.rename}
      </button>
    </form>
  );
}

/** What can be done with a view: everything with one's own, and with others' to open the overview with it. */
function ViewActions({ view, current, change, onDone }: ActionsProps) {
  const [asking, setAsking] = useState<"name" | "delete" | null>(null);
  const patch = async (body: object) => {
    if (await change("PATCH", view.id, body)) onDone();
  };
  if (asking === "name") {
    return (
      <div className="p-2">
        <Rename view={view} change={change} onDone={onDone} />
      </div>
    );
  }
  if (asking === "delete") {
    return (
      <div role="alert" className="grid gap-2 p-2.5">
        <p>
          <Sentence
            text={view.shared ? text.askDeleteShared : text.askDelete}
            parts={{ name: <bdi>{view.name}</bdi> }}
          />
        </p>
        <div className="flex gap-1.5">
          <Action danger onClick={() => change("DELETE", view.id)}>
            {text.delete}
          </Action>
          <Action onClick={() => setAsking(null)}>{text.keep}</Action>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-1.5 p-2">
      <Action onClick={() => patch({ pinned: !view.pinned })}>
        {view.pinned ? text.notDefault : text.makeDefault}
      </Action>
      {view.own && (
        <>
          {!isShown(view, current) && (
            <Action onClick={() => patch({ path: current.path, query: current.query })}>{text.update}</Action>
          )}
          <Action onClick={() => setAsking("name")}>{text.rename}</Action>
          <Action onClick={() => patch({ shared: !view.shared })}>
            {view.shared ? text.stopSharing : text.startSharing}
          </Action>
          <Action danger onClick={() => setAsking("delete")}>
            {text.delete}
          </Action>
        </>
      )}
    </div>
  );
}

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
