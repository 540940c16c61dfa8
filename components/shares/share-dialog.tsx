"use client";

import { type SubmitEvent, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { ExpiryField, expiryIn } from "@/components/ui/expiry-field";
import { aboutField, Check, Field, Problem } from "@/components/ui/field";
import { FormButtons } from "@/components/ui/form-buttons";
import { TextLink } from "@/components/ui/link";
import { useChange } from "@/components/ui/use-json";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";
import { PARTS, type Part, type ShareRange } from "@/lib/account/shares/share";
import { NAME_LENGTH } from "@/lib/account/views/view";
import { CARDS } from "@/lib/click/fields";

/** A view as the form describes it. `range`: in words, if it moves; `dates`: the days it shows now. */
export type SharedView = {
  path: string;
  query: string;
  name: string;
  range: string | null;
  dates: string;
  isCompared: boolean;
};

const PART_WORDS: Record<Part, string> = {
  chart: "Clicks over time",
  ...CARDS,
  map: "Map",
  week: "Hours and weekdays",
};

const listIn = (text: FormDataEntryValue | null): string[] =>
  String(text ?? "")
    .split(/[,\s]+/)
    .filter(Boolean);

/** A form's answers as the API takes them. */
function shareOf(form: FormData, { path, query }: SharedView) {
  const least = Number(form.get("least"));
  const password = String(form.get("password"));
  return {
    ...{ path, query, name: String(form.get("name")), range: form.get("range"), parts: form.getAll("parts") },
    // With small counts hidden the boxes are off.
    ...{ mayFilter: form.has("mayFilter"), isCompared: form.has("isCompared"), least: least || 0 },
    password: password === "" ? null : password,
    embedOn: listIn(form.get("embedOn")),
    hasPicture: form.has("hasPicture"),
    expiresAt: expiryIn(form),
  };
}

type Made = { path: string; isEmbedded: boolean };

function MadeLink({ made: { path, isEmbedded }, onDone }: { made: Made; onDone: () => void }) {
  const address = new URL(path, window.location.href).href;
  const frame = `<iframe src="${address}" width="100%" height="1200" style="border:0" loading="lazy"></iframe>`;
  const copies = [{ label: "Link", text: address }, ...(isEmbedded ? [{ label: "To embed it", text: frame }] : [])];
  return (
    <div role="alert" className="grid gap-4 overflow-y-auto p-5">
      {copies.map(({ label, text }) => (
        <div key={label} className="grid gap-1.5">
          <p className="font-medium">{label}</p>
          <div className="flex items-start gap-2">
            <code className="min-w-0 wrap-anywhere rounded-md bg-raised px-2 py-1.5 font-mono text-[13px]">{text}</code>
            <CopyButton text={text} label={`Copy: ${label}`} />
          </div>
        </div>
      ))}
      <p className="text-muted">
        Anybody who has the link can open it. See its views or revoke it under{" "}
        <TextLink href="/settings/shares" onClick={onDone}>
          Settings, Share links
        </TextLink>
        .
      </p>
    </div>
  );
}

function RangeChoice({ range, dates }: Pick<SharedView, "range" | "dates">) {
  const choices: { value: ShareRange; label: string }[] = [
    ...(range === null ? [] : [{ value: "rolling" as const, label: `${range}, always up to date` }]),
    { value: "fixed", label: `These days: ${dates}` },
    { value: "frozen", label: "As it is now: nothing that arrives later is added" },
  ];
  return (
    <fieldset className="grid">
      <legend className="mb-0.5 font-medium">Range</legend>
      {choices.map(({ value, label }, index) => (
        <Check key={value} type="radio" name="range" value={value} label={label} isOn={index === 0} />
      ))}
    </fieldset>
  );
}

type MoreProps = { about: (field: string) => string | undefined; onLeast: (least: number) => void };

function More({ about, onLeast }: MoreProps) {
  return (
    <details className="group grid gap-4" open={["least", "embedOn", "hasPicture"].some(about) || undefined}>
      <summary className="w-fit cursor-pointer rounded font-medium text-accent">More options</summary>
      <div className="mt-4 grid gap-4">
        <fieldset className="grid sm:grid-cols-2">
          <legend className="mb-0.5 font-medium">Shown below the totals</legend>
          {PARTS.map((part) => (
            <Check key={part} name="parts" value={part} label={PART_WORDS[part]} isOn />
          ))}
        </fieldset>
        <Field
          label="Hide numbers below"
          name="least"
          type="number"
          min={0}
          max={1000}
          placeholder="0"
          onChange={(event) => onLeast(Number(event.target.value))}
          hint="Such as 5, so that nobody finds single people. Readers can’t filter or compare then. Who compares cards may still work some numbers out."
          error={about("least")}
        />
        <Field
          label="Sites that may embed it"
          name="embedOn"
          autoComplete="off"
          spellCheck={false}
          placeholder="www.example.com"
          hint="Addresses, with commas between them. Empty: none."
          error={about("embedOn")}
        />
        <div>
          <Check name="hasPicture" label="A picture with the totals for chats that preview links" />
          <Problem>{about("hasPicture")}</Problem>
        </div>
      </div>
    </details>
  );
}

function ShareForm({
  view,
  onMade,
  onCancel,
}: {
  view: SharedView;
  onMade: (made: Made) => void;
  onCancel: () => void;
}) {
  const { change, pending, problem } = useChange();
  const [least, setLeast] = useState(0);
  const fields = ["name", "password", "least", "embedOn", "hasPicture"];
  // The API names an entry of a list, such as "embedOn.0".
  const about = (field: string) => aboutField(problem?.replace(/^(\w+)\.\d+/, "$1") ?? null, field);
  const isTelling = least === 0;

  async function make(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const body = shareOf(new FormData(event.currentTarget), view);
    const made = await change<{ path: string }>("POST", "/api/shares", body);
    if (made) onMade({ path: made.path, isEmbedded: body.embedOn.length > 0 });
  }

  return (
    <form onSubmit={(event) => void make(event)} className="flex min-h-0 flex-col">
      <div className="grid min-h-0 gap-4 overflow-y-auto p-5">
        <p className="text-muted">
          A page for people without an account. They see these figures, and no single clicks.
        </p>
        <Field
          label="Name"
          name="name"
          required
          maxLength={NAME_LENGTH}
          defaultValue={view.name}
          autoComplete="off"
          data-autofocus
          hint="The title of the page."
          error={about("name")}
        />
        <RangeChoice {...view} />
        <fieldset className="grid">
          <legend className="sr-only">What readers may do</legend>
          <Check
            key={`filter ${isTelling}`}
            name="mayFilter"
            label="Readers may add filters"
            isOn={isTelling}
            disabled={!isTelling}
          />
          {view.isCompared && (
            <Check
              key={`compare ${isTelling}`}
              name="isCompared"
              label="Show the comparison"
              isOn={isTelling}
              disabled={!isTelling}
            />
          )}
        </fieldset>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field
            label="Password"
            name="password"
            type="password"
            autoComplete="new-password"
            hint={`If you want one: at least ${PASSWORD_LENGTH.min} characters.`}
            error={about("password")}
          />
          <ExpiryField hint="" />
        </div>
        <More about={about} onLeast={setLeast} />
      </div>
      <div className="grid shrink-0 gap-2 border-line border-t px-5 py-3">
        <Problem>{fields.some(about) ? null : problem}</Problem>
        <FormButtons submit={pending ? "Making…" : "Make link"} pending={pending} onCancel={onCancel} />
      </div>
    </form>
  );
}

/** Makes a share link of a view, and shows its address. */
export function ShareDialog({ view, onClose }: { view: SharedView; onClose: () => void }) {
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Dialog label="Share" width={560} onClose={onClose}>
      <div className="flex shrink-0 items-center justify-between border-line border-b py-1.5 pr-2 pl-5">
        <h2 className="font-semibold">{made ? "Share link made" : "Share this view"}</h2>
        <CloseButton />
      </div>
      {made ? <MadeLink made={made} onDone={onClose} /> : <ShareForm view={view} onMade={setMade} onCancel={onClose} />}
    </Dialog>
  );
}
