"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { Asking } from "@/components/ui/asking";
import { Button } from "@/components/ui/button";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { askJson, useJson } from "@/components/ui/use-json";
import { walk } from "@/components/ui/walk";
import { text } from "@/components/views/text";
import { type CurrentPage, NAME_LENGTH, type SavedView } from "@/lib/account/views/view";
import { type ChangeView, ViewRow } from "./view-row";

/** Keeps the page as it stands: its filters, dates, zone and open tabs. */
function SaveView({ current, change }: { current: CurrentPage; change: ChangeView }) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
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
          aria-label={text.name}
          placeholder={text.placeholder}
          required
          maxLength={NAME_LENGTH}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          className="h-10 min-w-0 flex-1 rounded-lg border border-strong-line bg-surface px-3 placeholder:text-muted max-sm:text-base"
        />
        <Button type="submit" disabled={name.trim() === ""} className="disabled:cursor-not-allowed">
          {text.save}
        </Button>
      </div>
      <label className="flex w-fit items-center gap-2 text-muted">
        <input
          type="checkbox"
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
          className="size-4 accent-accent"
        />
        {text.share}
      </label>
    </form>
  );
}

type Props = { anchor: HTMLElement; current: CurrentPage; onClose: () => void };

/** The name of a new view, and the links to all others. */
const WALKED = "input[type=text], a";

/** The saved views: to open, to keep the present one, and to look after one's own. */
export function ViewsMenu({ anchor, current, onClose }: Props) {
  const router = useRouter();
  const { data, error, loading, again } = useJson<{ views: SavedView[] }>("/api/views");
  const [problem, setProblem] = useState<string | null>(null);
  const change: ChangeView = async (method, id, body) => {
    setProblem(null);
    try {
      const init = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
      await askJson(id === null ? "/api/views" : `/api/views/${encodeURIComponent(id)}`, { method, ...init });
      again();
      router.refresh();
      return true;
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure));
      return false;
    }
  };
  const lists = [
    { title: text.own, views: data?.views.filter(({ own }) => own) ?? [] },
    { title: text.sharedByOthers, views: data?.views.filter(({ own }) => !own) ?? [] },
  ].filter(({ views }) => views.length > 0);
  return (
    <Dialog label={text.saved} anchor={anchor} width={384} onClose={onClose}>
      {(close) => (
        <section
          aria-label={text.saved}
          onKeyDown={(event) => walk(event, WALKED)}
          className="flex min-h-0 flex-1 flex-col"
        >
          <div className="flex shrink-0 items-center justify-between border-line border-b py-1.5 pr-2 pl-4">
            <h2 className="font-semibold">{text.saved}</h2>
            <CloseButton onClose={close} />
          </div>
          <SaveView current={current} change={change} />
          <p role="alert" className="shrink-0 px-4 pb-2 text-danger empty:hidden">
            {problem}
          </p>
          <div className="min-h-0 overflow-y-auto overscroll-contain p-1.5 max-sm:flex-1 sm:shrink sm:basis-72">
            {lists.map(({ title, views }) => (
              <section key={title} aria-label={title}>
                <h3 className="px-2.5 pt-2 pb-1 font-medium text-muted text-xs">{title}</h3>
                <ul>
                  {views.map((view) => (
                    <ViewRow key={view.id} view={view} current={current} change={change} onOpen={close} />
                  ))}
                </ul>
              </section>
            ))}
            <Asking
              loading={loading && data === null}
              error={error}
              empty={data?.views.length === 0 ? text.none : null}
              onAgain={again}
            />
          </div>
        </section>
      )}
    </Dialog>
  );
}
