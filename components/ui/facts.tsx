import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { safeHref } from "@/lib/base/urls";
import { CopyButton } from "./copy-button";
import { IconLink } from "./icon-button";

export type Fact = {
  label: string;
  /** Null when the click lacks it. */
  text: string | null;
  /** Shown instead of a missing value. */
  none?: string;
  /** Secondary texts, which don't wrap inside if possible. */
  notes?: string[];
  filter?: string;
  /** Ids and URLs are copied as they are stored. */
  copy?: string | null;
  /** A URL to open; anything that isn't a web URL is only shown. */
  open?: string | null;
  mono?: boolean;
};

function Value({ label, text: known, none = "–", filter, mono }: Fact) {
  const words = known ?? none;
  const look = `${mono ? "wrap-anywhere font-mono text-[13px]" : "wrap-anywhere"} ${known === null ? "text-muted" : ""}`;
  if (!filter) return <span className={look}>{words}</span>;
  return (
    <Link
      href={filter}
      aria-label={`Filter by ${label}: ${words}`}
      title="Only these clicks"
      className={`${look} rounded underline decoration-line decoration-2 underline-offset-4 hover:text-accent hover:decoration-accent`}
    >
      {words}
    </Link>
  );
}

function Row({ fact }: { fact: Fact }) {
  const { label, notes, copy, open } = fact;
  const href = safeHref(open ?? null);
  return (
    <div className="grid min-h-9 grid-cols-[6.5rem_1fr_auto] items-start gap-x-3 @md:grid-cols-[9rem_1fr_auto]">
      <dt className="py-1.5 text-muted">{label}</dt>
      <dd className="min-w-0 py-1.5">
        <div>
          <Value {...fact} />
        </div>
        {notes?.map((note) => (
          <span key={note} className="mt-0.5 mr-3 inline-block text-muted text-xs">
            {note}
          </span>
        ))}
      </dd>
      <dd className="flex py-0.5">
        {href && (
          <IconLink
            small
            icon={ArrowUpRight}
            label={`Open ${label}`}
            title="Open in a new tab"
            href={href}
            target="_blank"
            rel="noreferrer"
          />
        )}
        {copy && <CopyButton text={copy} label={`Copy ${label}`} />}
      </dd>
    </div>
  );
}

/** Facts about a click under a heading. */
export function Facts({ title, facts, children }: { title: string; facts: Fact[]; children?: ReactNode }) {
  return (
    <section className="border-line border-t px-5 py-4 first:border-t-0">
      <h3 className="mb-1 font-semibold">{title}</h3>
      {children}
      <dl>
        {facts.map((fact) => (
          <Row key={fact.label} fact={fact} />
        ))}
      </dl>
    </section>
  );
}
