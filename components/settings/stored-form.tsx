"use client";

import { type ReactNode, type SubmitEvent, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { aboutField, Field, Problem, SelectField } from "@/components/ui/field";
import { storedInFull } from "@/components/ui/numbers";
import { askJson, useChange } from "@/components/ui/use-json";
import type { KeptAddress, VisitorPeriod } from "@/lib/base/privacy";

const ADDRESS_WORDS: Record<KeptAddress, string> = {
  full: "Store them in full",
  truncated: "Truncate them",
  none: "Don’t store them",
};

const PERIOD_WORDS: Record<VisitorPeriod, string> = {
  never: "Always",
  monthly: "Within a month",
  daily: "Within a day",
};

type Counts = { clicks: number; deliveries: number };
/** Null: too many to count in time. */
type Loss = { cut: Counts | null; deleted: Counts | null };

const isAny = (counts: Counts | null) => counts === null || counts.clicks + counts.deliveries > 0;
const TOO_MANY = "There are too many to count quickly. ";

type FormProps = {
  /** What the form is about, in words of its button. */
  name: string;
  bodyOf: (form: FormData) => object;
  /** What a change takes, as a question, and the button that answers it; null when nothing is lost. */
  ask: (loss: Loss, form: FormData) => { question: string; button: string } | null;
  problemOf?: (problem: string | null) => string | null;
  children: (problem: string | null) => ReactNode;
};

type Asked = { body: object; question: string; button: string };

/** Saves settings, and asks first when something that is stored would be lost. */
function PrivacyForm({ name, bodyOf, ask, problemOf = (problem) => problem, children }: FormProps) {
  const { change, pending, problem } = useChange();
  const [isCounting, setCounting] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isSaved, setSaved] = useState(false);
  const all = failure ?? problem;

  async function save(body: object): Promise<void> {
    if ((await change("PATCH", "/api/privacy", body)) === undefined) return;
    setAsked(null);
    setSaved(true);
  }

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = bodyOf(form);
    setSaved(false);
    setFailure(null);
    setCounting(true);
    try {
      const question = ask(await askJson<Loss>("/api/privacy/preview", "POST", body), form);
      if (question) setAsked({ body, ...question });
      else await save(body);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setCounting(false);
    }
  }

  const clear = () => {
    setSaved(false);
    setAsked(null);
  };
  return (
    <form onSubmit={submit} onChange={clear} noValidate className="grid gap-4 p-4">
      {children(all)}
      <Problem>{problemOf(all)}</Problem>
      {asked ? (
        <div role="alert" className="grid gap-3">
          <p>{asked.question}</p>
          <div className="flex flex-wrap gap-2">
            <QuietButton className="text-danger" disabled={pending} onClick={() => void save(asked.body)}>
              {pending ? "Saving…" : asked.button}
            </QuietButton>
            <QuietButton autoFocus onClick={() => setAsked(null)}>
              Cancel
            </QuietButton>
          </div>
        </div>
      ) : (
        <div className="flex items-center gap-3">
          <QuietButton type="submit" disabled={pending || isCounting}>
            {isCounting ? "Checking…" : pending ? "Saving…" : `Save ${name}`}
          </QuietButton>
          <p role="status" className="text-muted">
            {isSaved && "Saved."}
          </p>
        </div>
      )}
    </form>
  );
}

type StoredProps = { keptAddress: KeptAddress; visitorPeriod: VisitorPeriod };

/** What is stored of clicks. */
export function StoredForm({ keptAddress, visitorPeriod }: StoredProps) {
  return (
    <PrivacyForm
      name="what is stored"
      bodyOf={(form) => ({ keptAddress: form.get("keptAddress"), visitorPeriod: form.get("visitorPeriod") })}
      ask={({ cut }, form) => {
        if (!isAny(cut)) return null;
        const isNone = form.get("keptAddress") === "none";
        const what = isNone ? "Remove the IP addresses" : "Truncate the IP addresses";
        return {
          question: `${cut ? `${what} of ${storedInFull(cut)}` : `${TOO_MANY}${what} of all stored clicks and deliveries`}? This happens in the background and can’t be undone.`,
          button: isNone ? "Save and remove" : "Save and truncate",
        };
      }}
    >
      {() => (
        <>
          <SelectField
            label="IP addresses"
            name="keptAddress"
            key={keptAddress}
            defaultValue={keptAddress}
            hint="Truncated, 203.0.113.7 is stored as 203.0.113.0. A stricter choice also changes what is already stored."
          >
            {Object.entries(ADDRESS_WORDS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="Recognise visitors"
            name="visitorPeriod"
            key={visitorPeriod}
            defaultValue={visitorPeriod}
            hint="Within a day, somebody who comes on two days counts as two visitors. Days and months are in UTC. Applies to clicks from now on."
          >
            {Object.entries(PERIOD_WORDS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
        </>
      )}
    </PrivacyForm>
  );
}

type RetentionProps = {
  clickDays: number | null;
  deliveryDays: number | null;
  /** Whether LEDGER_DAYS sets it. */
  isDeliveriesFixed: boolean;
};

/** The number in a field; null when it is empty. What is no number is sent as it is: the server says how to write it. */
function daysIn(form: FormData, name: string): number | string | null {
  const text = String(form.get(name) ?? "").trim();
  if (text === "") return null;
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** How long clicks and uncounted deliveries are kept. */
export function RetentionForm({ clickDays, deliveryDays, isDeliveriesFixed }: RetentionProps) {
  return (
    <PrivacyForm
      name="how long"
      bodyOf={(form) => ({
        clickDays: daysIn(form, "clickDays"),
        ...(!isDeliveriesFixed && { deliveryDays: daysIn(form, "deliveryDays") }),
      })}
      ask={({ deleted }) =>
        isAny(deleted)
          ? {
              question: `${deleted ? `Delete ${storedInFull(deleted)}` : `${TOO_MANY}Delete all that is older`} now? This can’t be undone.`,
              button: "Save and delete",
            }
          : null
      }
      problemOf={(problem) =>
        aboutField(problem, "clickDays") || aboutField(problem, "deliveryDays") ? null : problem
      }
    >
      {(problem) => (
        <>
          <Field
            label="Days to keep clicks"
            name="clickDays"
            key={`clicks ${clickDays}`}
            inputMode="numeric"
            autoComplete="off"
            placeholder="Forever"
            defaultValue={clickDays ?? ""}
            hint="Older clicks are deleted every day at midnight UTC, with all deliveries from before. Empty keeps them."
            error={aboutField(problem, "clickDays")}
          />
          <Field
            label="Days to keep deliveries that weren’t counted"
            name="deliveryDays"
            key={`deliveries ${deliveryDays}`}
            inputMode="numeric"
            autoComplete="off"
            placeholder="Forever"
            defaultValue={deliveryDays ?? ""}
            disabled={isDeliveriesFixed}
            hint={
              isDeliveriesFixed
                ? "Set by LEDGER_DAYS in the server’s environment. Change it there."
                : "Quarantined ones stay until you replay them or delete their clicks. Empty keeps all."
            }
            error={aboutField(problem, "deliveryDays")}
          />
        </>
      )}
    </PrivacyForm>
  );
}
