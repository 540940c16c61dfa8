import { QuietButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

type Props = { value: string; copyLabel: string; title?: string | undefined; onDone: () => void };

/** A generated secret, key or link, shown once. */
export function MadeValue({ value, copyLabel, title, onDone }: Props) {
  return (
    <div role="alert" className="grid gap-2 bg-accent-soft p-4">
      <p className="font-medium">{title ?? "Copy it now. It won’t be shown again."}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 wrap-anywhere rounded-md bg-surface px-2 py-1.5 font-mono text-[13px]">{value}</code>
        <CopyButton text={value} label={copyLabel} />
      </div>
      <QuietButton onClick={onDone} className="w-fit">
        I’ve copied it
      </QuietButton>
    </div>
  );
}
