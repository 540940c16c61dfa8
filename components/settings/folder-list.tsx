"use client";

import type { SubmitEvent } from "react";
import { QuietButton } from "@/components/ui/button";
import { Problem } from "@/components/ui/field";
import { useChange } from "@/components/ui/use-json";
import type { Folder } from "@/lib/click/folders";

function FolderRow({ folder: { id, name, links } }: { folder: Folder }) {
  const { change, pending, problem } = useChange();

  async function save(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    await change("PATCH", "/api/folders", { id, name: String(new FormData(event.currentTarget).get("name")) });
  }

  return (
    <li className="px-4 py-3">
      <form onSubmit={save} noValidate className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate font-mono text-[13px]">{id}</p>
          <p className="text-muted">{links === 1 ? "1 link" : `${links.toLocaleString("en")} links`}</p>
        </div>
        <input
          name="name"
          aria-label={`Name of folder ${id}`}
          defaultValue={name ?? ""}
          placeholder="Name"
          maxLength={80}
          autoComplete="off"
          className="h-9 min-w-0 flex-1 basis-40 rounded-lg border border-line bg-surface px-3"
        />
        <QuietButton type="submit" disabled={pending}>
          {pending ? "Saving…" : "Save"}
        </QuietButton>
      </form>
      <Problem className="mt-2">{problem}</Problem>
    </li>
  );
}

/** Names of folders, of which links contain only the ids. */
export function FolderList({ folders }: { folders: Folder[] }) {
  return (
    <ul className="divide-y divide-line">
      {folders.map((folder) => (
        <FolderRow key={folder.id} folder={folder} />
      ))}
    </ul>
  );
}
