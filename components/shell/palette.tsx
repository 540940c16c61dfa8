"use client";

import { useState } from "react";
import { Asking } from "@/components/ui/asking";
import { CloseButton } from "@/components/ui/close-button";
import { Dialog } from "@/components/ui/dialog";
import { Picker, type PickerGroup } from "@/components/ui/picker";
import { useJson } from "@/components/ui/use-json";
import type { FoundLink } from "@/lib/question/answers";
import { text } from "@/lib/text/palette";
import { text as shell } from "@/lib/text/shell";
import type { SavedView } from "@/lib/views/view";
import type { RangeChoice } from "./pages";
import { useCommands } from "./use-commands";

type Props = { ranges: RangeChoice[]; onKeys: () => void; onClose: () => void };

/** Groups with only the entries that have every word of the query in theirs. */
function matching(groups: PickerGroup[], query: string): PickerGroup[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.map(({ title, options }) => ({
    title,
    options: options.filter((option) => wanted.every((word) => `${title} ${option.text}`.toLowerCase().includes(word))),
  }));
}

const isNamed = ({ shortLink, title }: FoundLink, query: string) =>
  `${shortLink} ${title}`.toLowerCase().includes(query.trim().toLowerCase());

/** Goes to a link, a page, a range or a saved view, and does what the page can do, by a few letters of its name. */
export function Palette({ ranges, onKeys, onClose }: Props) {
  const [query, setQuery] = useState("");
  const views = useJson<{ views: SavedView[] }>("/api/views");
  const links = useJson<{ links: FoundLink[] }>(`/api/links?${new URLSearchParams({ search: query.trim() })}`, 150);
  const commands = useCommands(ranges, views.data?.views ?? [], onKeys);
  return (
    <Dialog label={shell.goToAnything} width={560} onClose={onClose}>
      {(close) => {
        const fixed = matching(commands.groups(close), query);
        const found = {
          title: text.groups.links,
          // Until an answer is there, what the last one found is shown as far as it fits.
          options: (links.data?.links ?? [])
            .filter((link) => !links.loading || isNamed(link, query))
            .map((link) => commands.toLink(link, close)),
        };
        // Before anything is typed pages and ranges are what is likely; then it is a link.
        const groups = query.trim() === "" ? [...fixed, found] : [found, ...fixed];
        const shown = groups.filter(({ options }) => options.length > 0);
        return (
          <Picker
            label={text.searchAll}
            placeholder={text.goToExample}
            query={query}
            onQuery={setQuery}
            groups={shown}
            action={<CloseButton onClose={close} />}
            status={
              <Asking
                loading={links.loading && shown.length === 0}
                error={links.error ?? views.error}
                empty={shown.length === 0 ? text.nothingCalledThis : null}
                onAgain={links.error ? links.again : views.again}
              />
            }
          />
        );
      }}
    </Dialog>
  );
}
