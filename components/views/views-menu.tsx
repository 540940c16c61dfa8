"use client";

import { Ellipsis, House, Users } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { Button, QuietButton } from "@/components/ui/button";
import { CloseButton, Dialog, useCloseDialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { RenameForm } from "@/components/ui/rename-form";
import { Asking, useChange, useJson } from "@/components/ui/use-json";
import { walk } from "@/components/ui/use-shortcut";
import { usePowers } from "@/components/views/powers";
import { type CurrentPage, isShown, NAME_LENGTH, type SavedView, viewHref } from "@/lib/account/views/view";

/** Changes a saved view, or with `POST` keeps one, and says whether it worked; if not, the menu says why. */
type ChangeView = (method: "POST" | "PATCH" | "DELETE", id: string | null, body?: object) => Promise<boolean>;

type ActionsProps = { view: SavedView; current: CurrentPage; change: ChangeView; onDone: () => void };

/** What can be done with a view: everything with one's own, and with others' to open the overview with it. */
function ViewActions({ view, current, change, onDone }: ActionsProps) {
  const [asking, setAsking] = useState<"name" | "delete" | null>(null);
  const powers = usePowers();
  const patch = async (body: object) => {
    if (await change("PATCH", view.id, body)) onDone();
  };
  if (asking === "name") {
    const rename = (name: string) => void patch({ name });
    return (
      <div className="p-2">
        <RenameForm name={view.name} maxLength={NAME_LENGTH} onRename={rename} onCancel={() => setAsking(null)} />
      </div>
    );
  }
  if (asking === "delete") {
    return (
      <div role="alert" className="grid gap-2 p-2.5">
        <p>
          Delete “<bdi>{view.name}</bdi>”{view.shared && " for everyone"}?
        </p>
        <div className="flex gap-1.5">
          <QuietButton onClick={() => change("DELETE", view.id)} className="text-danger">
            Delete
          </QuietButton>
          <QuietButton onClick={() => setAsking(null)}>Keep</QuietButton>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-1.5 p-2">
      <QuietButton onClick={() => patch({ pinned: !view.pinned })}>
        {view.pinned ? "Remove as my default" : "Make my default"}
      </QuietButton>
      {view.own && (
        <>
          {!isShown(view, current) && <QuietButton onClick={() => patch(current)}>Update to this page</QuietButton>}
          <QuietButton onClick={() => setAsking("name")}>Rename</QuietButton>
          {(view.shared || powers.includes("write")) && (
            <QuietButton onClick={() => patch({ shared: !view.shared })}>
              {view.shared ? "Stop sharing" : "Share"}
            </QuietButton>
          )}
          <QuietButton onClick={() => setAsking("delete")} className="text-danger">
            Delete
          </QuietButton>
        </>
      )}
    </div>
  );
}

type RowProps = { view: SavedView; current: CurrentPage; change: ChangeView };

function ViewRow({ view, current, change }: RowProps) {
  const [expanded, setExpanded] = useState(false);
  return (
    <li className={expanded ? "my-1 rounded-lg border border-line" : ""}>
      <div className="flex items-center">
        <Link
          href={viewHref(view)}
          aria-current={isShown(view, current) ? "true" : undefined}
          onClick={useCloseDialog()}
          className="flex min-h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-2.5 hover:bg-raised aria-[current=true]:font-semibold max-sm:min-h-11"
        >
          <bdi className="truncate">{view.name}</bdi>
          {view.pinned && (
            <span title="Your default view" className="shrink-0 text-accent">
              <House aria-hidden className="size-3.5" />
              <span className="sr-only">(your default view)</span>
            </span>
          )}
          {view.shared && (
            <span title="Shared" className="shrink-0 text-muted">
              <Users aria-hidden className="size-3.5" />
              <span className="sr-only">(shared)</span>
            </span>
          )}
          {view.path !== current.path && (
            <span className="ml-auto max-w-28 shrink-0 truncate text-muted text-xs">{view.path}</span>
          )}
        </Link>
        <IconButton
          icon={Ellipsis}
          label={`Change ${view.name}`}
          aria-expanded={expanded}
          onClick={() => setExpanded(!expanded)}
        />
      </div>
      {expanded && <ViewActions view={view} current={current} change={change} onDone={() => setExpanded(false)} />}
    </li>
  );
}

function SaveView({ current, change }: { current: CurrentPage; change: ChangeView }) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const powers = usePowers();
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await change("POST", null, { ...current, name, shared })) setName("");
  };
  return (
    <form onSubmit={save} className="grid shrink-0 gap-2.5 border-line border-b p-3">
      <div className="flex gap-2">
        <input
          data-autofocus
          type="text"
          aria-label="View name"
          placeholder="Save this view as…"
          required
          maxLength={NAME_LENGTH}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          className="h-10 min-w-0 flex-1 rounded-lg border border-strong-line bg-surface px-3 placeholder:text-muted max-sm:text-base"
        />
        <Button type="submit" disabled={name.trim() === ""} className="disabled:cursor-not-allowed">
          Save
        </Button>
      </div>
      {powers.includes("write") && (
        <label className="flex w-fit items-center gap-2 text-muted">
          <input
            type="checkbox"
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
            className="size-4 accent-accent"
          />
          Share with everyone who signs in
        </label>
      )}
    </form>
  );
}

type Props = { anchor: HTMLElement; current: CurrentPage; onClose: () => void };

/** The name of a new view, and the links to all others. */
const WALKED = "input[type=text], a";

/** The saved views: to open, to keep the present one, and to look after one's own. */
export function ViewsMenu({ anchor, current, onClose }: Props) {
  const { data, error, loading, again } = useJson<{ views: SavedView[] }>("/api/views");
  const { change: send, problem } = useChange();
  const change: ChangeView = async (method, id, body) => {
    const address = id === null ? "/api/views" : `/api/views/${encodeURIComponent(id)}`;
    const isDone = (await send(method, address, body)) !== undefined;
    if (isDone) again();
    return isDone;
  };
  const lists = [
    { title: "Yours", views: data?.views.filter(({ own }) => own) ?? [] },
    { title: "Shared by others", views: data?.views.filter(({ own }) => !own) ?? [] },
  ].filter(({ views }) => views.length > 0);
  return (
    <Dialog
      label="Saved views"
      anchor={anchor}
      width={384}
      onClose={onClose}
      onKeyDown={(event) => walk(event, WALKED)}
    >
      <div className="flex shrink-0 items-center justify-between border-line border-b py-1.5 pr-2 pl-4">
        <h2 className="font-semibold">Saved views</h2>
        <CloseButton />
      </div>
      <SaveView current={current} change={change} />
      <Problem className="shrink-0 px-4 pb-2">{problem}</Problem>
      <div className="min-h-0 overflow-y-auto overscroll-contain p-1.5 max-sm:flex-1 sm:shrink sm:basis-72">
        {lists.map(({ title, views }) => (
          <section key={title} aria-label={title}>
            <h3 className="px-2.5 pt-2 pb-1 font-medium text-muted text-xs">{title}</h3>
            <ul>
              {views.map((view) => (
                <ViewRow key={view.id} view={view} current={current} change={change} />
              ))}
            </ul>
          </section>
        ))}
        <Asking
          loading={loading && data === null}
          error={error}
          empty={data?.views.length === 0 ? "No views yet. Save the pages you look at often." : null}
          onAgain={again}
        />
      </div>
    </Dialog>
  );
}
