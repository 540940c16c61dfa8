"use client";

import { useId, useState } from "react";
import { Check } from "@/components/ui/field";

/** A file that can be downloaded: what it says in the list, and its address. */
export type ExportChoice = { label: string; href: string };

const DELIMITERS = { comma: "Comma", semicolon: "Semicolon", tab: "Tab" } as const;

/** Whether a file's text can be written in several ways. */
const isCsv = (href: string): boolean => /\.(csv|zip)(\?|$)/.test(href);

type ChoiceProps = {
  label: string;
  value: string;
  choices: [value: string, label: string][];
  onChoose: (value: string) => void;
};

function Choice({ label, value, choices, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className="h-10 w-full rounded-lg border border-strong-line bg-surface px-3"
      >
        {choices.map(([of, text]) => (
          <option key={of} value={of}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Chooses a file and how it is written. Its link works like every other to an export. */
export function ExportForm({ choices }: { choices: readonly ExportChoice[] }) {
  const [at, setAt] = useState(0);
  const [delimiter, setDelimiter] = useState("comma");
  const [isBom, setBom] = useState(false);
  const [isUtc, setUtc] = useState(false);
  const href = choices[at]?.href ?? "";
  const [path = "", query = ""] = href.split("?");
  const params = new URLSearchParams(query);
  if (isCsv(href)) {
    if (delimiter !== "comma") params.set("delimiter", delimiter);
    if (isBom) params.set("bom", "true");
    if (isUtc) params.set("times", "utc");
  }
  return (
    <div className="grid gap-3 p-2.5">
      <Choice
        label="File"
        value={String(at)}
        choices={choices.map(({ label }, index) => [String(index), label])}
        onChoose={(value) => setAt(Number(value))}
      />
      {isCsv(href) && (
        <>
          <Choice
            label="Columns separated by"
            value={delimiter}
            choices={Object.entries(DELIMITERS)}
            onChoose={setDelimiter}
          />
          <div>
            <Check label="For Excel (byte order mark)" checked={isBom} onChange={() => setBom(!isBom)} />
            <Check label="Times in UTC" checked={isUtc} onChange={() => setUtc(!isUtc)} />
          </div>
        </>
      )}
      <a
        href={params.size > 0 ? `${path}?${params}` : path}
        download
        className="inline-flex h-10 items-center justify-center rounded-lg bg-accent px-4 font-medium text-on-accent hover:bg-accent-strong"
      >
        Download
      </a>
    </div>
  );
}
