"use client";

import { Plus } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { Button, QuietButton } from "@/components/ui/button";
import { aboutField, Field, Problem, SelectField } from "@/components/ui/field";
import { useChange } from "@/components/ui/use-json";
import { SCOPE_KEYS, SCOPES } from "@/lib/account/keys/key";
import type { LinkChoices } from "@/lib/account/keys/links";
import { DAY } from "@/lib/base/time";
import { MadeValue } from "./made-value";

const EXPIRIES = [
  { days: "", label: "Never" },
  { days: "30", label: "In 30 days" },
  { days: "90", label: "In 90 days" },
  { days: "365", label: "In a year" },
];

const LISTS = [
  { field: "domain", legend: "Domains" },
  { field: "tagId", legend: "Tags" },
  { field: "folderId", legend: "Folders" },
] as const;

type CheckProps = { name: string; value: string; label: string; isOn?: boolean };

function Check({ name, value, label, isOn = false }: CheckProps) {
  return (
    <label className="flex min-h-8 items-center gap-2">
      <input type="checkbox" name={name} value={value} defaultChecked={isOn} className="size-4 accent-accent" />
      <span className="wrap-anywhere">{label}</span>
    </label>
  );
}

/** What a key can be limited to. */
function Limits({ choices, linksProblem }: { choices: LinkChoices; linksProblem: string | undefined }) {
  return (
    <div className="grid gap-4 rounded-lg border border-line p-4">
      <p className="text-muted">
        The key sees only links that match every list you use here. Totals, rankings and exports count these alone.
      </p>
      <Field
        label="Links"
        name="linkId"
        autoComplete="off"
        spellCheck={false}
        placeholder="go.example.com/spring, go.example.com/autumn"
        hint="Short links or ids, with commas between them."
        error={linksProblem}
      />
      {LISTS.map(
        ({ field, legend }) =>
          choices[field].length > 0 && (
            <fieldset key={field} className="grid gap-1">
              <legend className="font-medium">{legend}</legend>
              <div className="flex max-h-40 flex-wrap gap-x-5 overflow-y-auto">
                {choices[field].map(({ id, name }) => (
                  <Check key={id} name={field} value={id} label={name} />
                ))}
              </div>
            </fieldset>
          ),
      )}
    </div>
  );
}

/** A form's answers as the API takes them. */
function keyOf(form: FormData, isLimited: boolean) {
  const all = (name: string) => form.getAll(name).map(String);
  const days = Number(form.get("days"));
  const linkId = String(form.get("linkId") ?? "")
    .split(",")
    .flatMap((part) => part.trim() || []);
  return {
    name: String(form.get("name")),
    scopes: all("scopes"),
    expiresAt: days > 0 ? new Date(Date.now() + days * DAY).toISOString() : null,
    links: isLimited ? { linkId, domain: all("domain"), tagId: all("tagId"), folderId: all("folderId") } : null,
  };
}

function KeyForm({ choices, onDone }: { choices: LinkChoices; onDone: () => void }) {
  const { change, pending, problem } = useChange();
  const [isLimited, setLimited] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const about = (field: string) => aboutField(problem, field);

  async function make(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const body = keyOf(new FormData(event.currentTarget), isLimited);
    const answer = await change<{ value: string }>("POST", "/api/keys", body);
    if (answer) setMade(answer.value);
  }

  if (made !== null) return <MadeValue value={made} copyLabel="Copy key" onDone={onDone} />;
  return (
    <form onSubmit={make} noValidate className="grid gap-4 p-4">
      <Field
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={80}
        hint="For example, what uses it: “Weekly report”. Shown in the audit log."
        error={about("name")}
      />
      <fieldset className="grid gap-1">
        <legend className="font-medium">It may</legend>
        {SCOPE_KEYS.filter((scope) => scope !== "import").map((scope) => (
          <Check key={scope} name="scopes" value={scope} label={SCOPES[scope]} isOn />
        ))}
        <Problem>{about("scopes")}</Problem>
      </fieldset>
      <SelectField label="Expires" name="days" hint="After that it is refused." defaultValue="">
        {EXPIRIES.map(({ days, label }) => (
          <option key={days} value={days}>
            {label}
          </option>
        ))}
      </SelectField>
      <label className="flex min-h-8 items-center gap-2">
        <input
          type="checkbox"
          checked={isLimited}
          onChange={(event) => setLimited(event.target.checked)}
          className="size-4 accent-accent"
        />
        Limit it to some links
      </label>
      {isLimited && <Limits choices={choices} linksProblem={about("links")} />}
      <Problem>{["name", "scopes", ...(isLimited ? ["links"] : [])].some(about) ? null : problem}</Problem>
      <div className="flex gap-2">
        <Button type="submit" disabled={pending}>
          {pending ? "Making…" : "Make key"}
        </Button>
        <QuietButton onClick={onDone} className="h-10">
          Cancel
        </QuietButton>
      </div>
    </form>
  );
}

/** Opens the form for a new key. */
export function AddKey({ choices }: { choices: LinkChoices }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <KeyForm choices={choices} onDone={() => setOpen(false)} />;
  return (
    <div className="p-4">
      <QuietButton onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-4" />
        Make a key
      </QuietButton>
    </div>
  );
}
