import { Snowflake, X } from "lucide-react";
import { Logo } from "@/components/access/entry-page";
import { chipsOf, chipWords, ProblemNotes } from "@/components/filters/filter-controls";
import { ACCENT, SamePageLink } from "@/components/ui/link";
import { readerScope } from "@/components/views/ask";
import type { View } from "@/components/views/view";
import type { Share } from "@/lib/account/shares/store";
import { namesIn } from "@/lib/api/about";
import { filterWords } from "@/lib/api/why";
import { minute, zoneLabel } from "@/lib/base/format";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withoutConditions, withoutPlaced } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";
import { rangeDates, rangeWords } from "@/lib/question/words";

const BOTS: Record<Filters["bots"], string | null> = {
  include: null,
  exclude: "without bots",
  only: "only bots",
};

/** The conditions that readers added, each with a link that removes it. */
async function OwnFilters({ view }: { view: View }) {
  const chips = chipsOf(view);
  if (chips.length === 0) return null;
  const names = await namesIn(await readerScope(), view.filters);
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-2">
      {chips.map((places) => {
        const name = chipWords(places, names);
        return (
          <li key={name} className="min-w-0">
            <SamePageLink
              href={hrefTo(view.path, withoutPlaced(view.params, places))}
              aria-label={`Remove filter ${name}`}
              title="Remove this filter"
              className="flex h-9 max-w-full items-center gap-2 rounded-lg border border-line bg-surface px-3 hover:bg-raised"
            >
              <span className="truncate font-medium">{name}</span>
              <X aria-hidden className="size-3.5 shrink-0 text-muted" />
            </SamePageLink>
          </li>
        );
      })}
      {chips.length > 1 && (
        <li>
          <SamePageLink href={hrefTo(view.path, withoutConditions(view.params))} className={`${ACCENT} px-2 py-1.5`}>
            Clear all
          </SamePageLink>
        </li>
      )}
    </ul>
  );
}

type Props = { share: Share; asked: Filters; view: View };

/** What a share link shows: its name, range and locked filters, and the reader's own. */
export async function SharedHead({ share, asked, view }: Props) {
  // Its maker chose these, and sees their names.
  const names = await namesIn({ links: share.links, hidden: [] }, asked);
  const isOnLink = ({ field, values }: Filters["conditions"][number]) =>
    field === "linkId" && values[0] === share.linkId;
  const conditions = asked.conditions.filter((condition) => !isOnLink(condition));
  const isFiltered = conditions.length + asked.anyOf.length > 0;
  const [words, dates] = [rangeWords(asked), rangeDates(asked)];
  const facts = [
    words === dates ? dates : `${words}: ${dates}`,
    zoneLabel(asked.zone, asked.now),
    isFiltered && filterWords({ ...asked, conditions }, names),
    BOTS[asked.bots],
  ];
  return (
    <header className="grid grid-cols-1 gap-3">
      <div className="flex items-center gap-3">
        <Logo />
        <h1 className="min-w-0 truncate font-semibold text-2xl tracking-tight">
          <bdi>{share.name}</bdi>
        </h1>
      </div>
      <p className="wrap-anywhere flex flex-wrap gap-x-2 text-muted">
        {facts.flatMap((fact, index) => (fact ? [<span key={fact}>{index > 0 ? `· ${fact}` : fact}</span>] : []))}
      </p>
      {share.frozenAt && (
        <p className="flex items-center gap-2 text-muted">
          <Snowflake aria-hidden className="size-4" />
          {`Frozen: as it was ${minute(share.frozenAt, asked.zone)}`}
        </p>
      )}
      <OwnFilters view={view} />
      <ProblemNotes view={view} />
    </header>
  );
}

/** What readers should know about the figures. */
export function SharedFoot({ share: { least } }: { share: Share }) {
  return (
    <footer className="grid gap-1 pt-4 text-center text-muted">
      {least > 0 && <p>{`Numbers below ${least} aren’t shown.`}</p>}
      <p>Shared from Footfall, click analytics for short links</p>
    </footer>
  );
}
