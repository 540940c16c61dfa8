"use client";

import { type SubmitEvent, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { aboutField, Check, Field, Problem } from "@/components/ui/field";
import { countedInFull, inFull, storedInFull } from "@/components/ui/numbers";
import { askJson } from "@/components/ui/use-json";
import { ConfirmAction } from "./confirm-action";

const KINDS = {
  ip: { label: "IP address", placeholder: "203.0.113.7", hint: "In any notation. All browsers of the address." },
  visitor: { label: "Visitor", placeholder: "", hint: "The id on the panel of a click, under Ids." },
  link: { label: "Link", placeholder: "go.example.com/spring", hint: "A short link, or the id of a link." },
} as const;
type Kind = keyof typeof KINDS;

type Found = { clicks: number; deliveries: number; quarantined: number; spooled: number; untold: number };
type Named = { kind: Kind; value: string };

function words({ quarantined, spooled, ...stored }: Found): string {
  const inQuarantine = quarantined > 0 ? ` (${inFull(quarantined)} in quarantine)` : "";
  const waiting = spooled > 0 ? `, and ${countedInFull(spooled, "delivery", "deliveries")} waiting on this server` : "";
  return `${storedInFull(stored)}${inQuarantine}${waiting}`;
}

const bodyOf = ({ kind, value }: Named) => ({ [kind]: value });

/** More than the last line of a complete file has. */
const END_BYTES = 200;

/** Has the browser save what the server answers. */
async function saveFile(named: Named): Promise<void> {
  const response = await fetch("/api/privacy/kept/file", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(bodyOf(named)),
  });
  if (!response.ok) throw new Error("The file couldn’t be made. Try again.");
  const file = await response.blob();
  const isWhole = /^\{"kind":"end"/m.test(await file.slice(-END_BYTES).text());
  if (!isWhole) throw new Error("The file couldn’t be finished. Try again, or use npm run export-visitor on the host.");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "footfall-visitor.ndjson";
  link.click();
  URL.revokeObjectURL(link.href);
}

/** As many may take longer to delete than a page waits. */
const MANY = 200_000;

type ResultProps = { named: Named; found: Found; onDeleted: (words: string) => void };

/** What was found, to be saved or deleted. */
function Result({ named, found, onDeleted }: ResultProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const isAny = found.clicks + found.deliveries + found.spooled > 0;
  const who = named.kind === "visitor" ? "this visitor" : named.value.trim();
  const save = () =>
    saveFile(named)
      .then(() => setFailure(null))
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));

  return (
    <div className="grid gap-3">
      <p role="status">{isAny ? `Found ${words(found)}.` : "Nothing is stored that can be told to be about this."}</p>
      {found.untold > 0 && (
        <p className="text-muted">
          {`${countedInFull(found.untold, "more click")} may be from this address. Nobody can tell: the address was truncated or removed, and what visitors of then were recognised by has been thrown away.`}
        </p>
      )}
      <Problem>{failure}</Problem>
      {isAny && (
        <div className="flex flex-wrap gap-2">
          {named.kind !== "link" && <QuietButton onClick={() => void save()}>Download</QuietButton>}
          <ConfirmAction<Found>
            button="Delete"
            label={`Delete what was found of ${who}`}
            question={
              <>
                {`Delete ${words(found)} of ${who}? They leave every figure, and it can’t be undone. Backups keep them.`}
                {found.clicks + found.deliveries > MANY &&
                  " So many take minutes, which may be longer than this page waits for an answer. The deletion goes on then: Find shows what is left. On the host, npm run delete-clicks waits until all are gone."}
              </>
            }
            busy="Deleting…"
            method="DELETE"
            address="/api/privacy/kept"
            body={bodyOf(named)}
            onAnswer={(deleted) => onDeleted(`Deleted ${words(deleted)}.`)}
          />
        </div>
      )}
    </div>
  );
}

/** Finds what is stored about a visitor or a link. `visitor`: the one to begin with, from the panel of a click. */
export function VisitorRequest({ visitor }: { visitor: string | null }) {
  const [kind, setKind] = useState<Kind>(visitor === null ? "ip" : "visitor");
  const [result, setResult] = useState<{ named: Named; found: Found } | null>(null);
  const [deleted, setDeleted] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const { label, placeholder, hint } = KINDS[kind];
  const ofField = aboutField(problem, kind);

  const clear = () => {
    setResult(null);
    setDeleted("");
    setProblem(null);
  };
  async function find(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    clear();
    const named = { kind, value: String(new FormData(event.currentTarget).get("value")) };
    setPending(true);
    try {
      setResult({ named, found: await askJson<Found>("/api/privacy/kept", "POST", bodyOf(named)) });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="grid gap-4 p-4">
      <form onSubmit={find} onChange={clear} noValidate className="grid gap-4">
        <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
          <legend className="sr-only">What to find</legend>
          {(Object.keys(KINDS) as Kind[]).map((choice) => (
            <Check
              key={choice}
              type="radio"
              name="kind"
              label={KINDS[choice].label}
              checked={kind === choice}
              onChange={() => setKind(choice)}
            />
          ))}
        </fieldset>
        <Field
          key={kind}
          label={label}
          name="value"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          hint={hint}
          defaultValue={kind === "visitor" ? (visitor ?? "") : ""}
          error={ofField}
        />
        <Problem>{ofField ? null : problem}</Problem>
        <QuietButton type="submit" className="w-fit" disabled={pending}>
          {pending ? "Finding…" : "Find"}
        </QuietButton>
      </form>
      {result && (
        <Result
          {...result}
          onDeleted={(text) => {
            clear();
            setDeleted(text);
          }}
        />
      )}
      <p role="status" className="empty:hidden">
        {deleted}
      </p>
    </div>
  );
}
