"use client";

import { useState } from "react";
import { Check, Field } from "@/components/ui/field";
import type { LinkChoices } from "@/lib/account/link-choices";
import type { LinkLimit } from "@/lib/account/link-limit";

const LISTS = [
  { field: "domain", legend: "Domains" },
  { field: "tagId", legend: "Tags" },
  { field: "folderId", legend: "Folders" },
] as const;

type ListsProps = { choices: LinkChoices; limit: LinkLimit | null; problem: string | undefined };

function Lists({ choices, limit, problem }: ListsProps) {
  return (
    <div className="grid gap-4 rounded-lg border border-line p-4">
      <p className="text-muted">
        Only links that match every list you use here are seen. Totals, rankings and exports count these alone.
      </p>
      <Field
        label="Links"
        name="linkId"
        autoComplete="off"
        spellCheck={false}
        placeholder="go.example.com/spring, go.example.com/autumn"
        hint="Short links or ids, with commas between them."
        defaultValue={limit?.linkId.join(", ") ?? ""}
        error={problem}
      />
      {LISTS.map(({ field, legend }) => {
        const named = choices[field];
        // Also values that no link has at the moment: saving the form must not drop them.
        const others = (limit?.[field] ?? []).filter((id) => !named.some((choice) => choice.id === id));
        const offered = [...others.map((id) => ({ id, name: id })), ...named];
        return (
          offered.length > 0 && (
            <fieldset key={field} className="grid gap-1">
              <legend className="font-medium">{legend}</legend>
              <div className="flex max-h-40 flex-wrap gap-x-5 overflow-y-auto">
                {offered.map(({ id, name }) => (
                  <Check key={id} name={field} value={id} label={name} isOn={limit?.[field].includes(id) ?? false} />
                ))}
              </div>
            </fieldset>
          )
        );
      })}
    </div>
  );
}

/** Limits a key or a person to some links. `problem`: the error message about them. */
export function LimitFields(props: ListsProps) {
  const [isLimited, setLimited] = useState(props.limit !== null);
  return (
    <>
      <Check
        name="isLimited"
        label="Limit to some links"
        checked={isLimited}
        onChange={(event) => setLimited(event.target.checked)}
      />
      {isLimited && <Lists {...props} />}
    </>
  );
}

/** The limit that a form states, as the API takes it; null without one. */
export function limitIn(form: FormData) {
  if (!form.has("isLimited")) return null;
  const all = (name: string) => form.getAll(name).map(String);
  const linkId = String(form.get("linkId") ?? "")
    .split(",")
    .flatMap((part) => part.trim() || []);
  return { linkId, domain: all("domain"), tagId: all("tagId"), folderId: all("folderId") };
}
