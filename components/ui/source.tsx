import { CopyButton } from "./copy-button";

/** Longest text shown, in characters. */
export const LONGEST_SOURCE = 100_000;

type Props = { title: string; text: string; note?: string };

/** Text as it is stored, with a button that copies it. */
export function Source({ title, text, note }: Props) {
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-semibold">{title}</h3>
        <CopyButton text={text} label={`Copy ${title}`} />
      </div>
      {note && <p className="mb-2 text-muted">{note}</p>}
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-[32rem] overflow-auto rounded-lg bg-raised p-3 font-mono text-xs leading-relaxed"
      >
        {text}
      </pre>
    </>
  );
}
