import Link from "next/link";
import { hrefTo } from "@/components/dashboard/view";
import { SPAN_NAMES, type SpanName } from "@/lib/ledger/filters";
import { withParam } from "@/lib/question/codec/write";
import { text } from "@/lib/text/deliveries";

/** How far back the page looks. */
export function SpanNav({ span, params }: { span: SpanName | null; params: URLSearchParams }) {
  const choices = [
    ...SPAN_NAMES.map((name) => ({ name: name as string, label: text.spans[name] })),
    { name: "all", label: text.all },
  ];
  return (
    <nav
      aria-label={text.span}
      className="flex w-fit max-w-full overflow-x-auto rounded-lg border border-line bg-surface p-0.5"
    >
      {choices.map(({ name, label }) => (
        <Link
          key={name}
          href={hrefTo("/deliveries", withParam(params, "span", name))}
          prefetch={false}
          scroll={false}
          aria-current={(span ?? "all") === name ? "true" : undefined}
          className="grid h-8 place-items-center whitespace-nowrap rounded-md px-3 text-muted hover:text-ink aria-[current=true]:bg-raised aria-[current=true]:font-medium aria-[current=true]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
