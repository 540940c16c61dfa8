import { EntryPage } from "@/components/access/entry-page";
import { text as words } from "@/lib/base/problems";

export default function ClosedShare() {
  return (
    <EntryPage title="Nothing to see here" intro="This page was shared with a link.">
      <p>{words.shares.closed}</p>
    </EntryPage>
  );
}
