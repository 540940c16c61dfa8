import { CopyButton } from "@/components/ui/copy-button";
import { type Fact, Facts } from "@/components/ui/facts";
import { RoutedPanel } from "@/components/ui/routed-panel";
import { count, moment, zoneLabel } from "@/lib/base/format";
import { answerDelivery, type DeliveryDetail } from "@/lib/deliveries/list/rows";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { type DeliveryContext, onTheWay } from "./deliveries-table";
import { outcomeWords } from "./outcome-words";
import { ReplayButton } from "./replay-button";

function factsOf(delivery: DeliveryDetail, { params, zone, linkName, secretName }: DeliveryContext): Fact[] {
  const { outcome, reason, event, eventId, clickId, linkId, secretId, receivedAt, clickedAt, replayedAt } = delivery;
  const filtered = (param: string, value: string | null) =>
    value === null ? {} : { filter: hrefTo("/deliveries", withParam(params, param, value)) };
  return [
    { label: "Outcome", text: outcomeWords(outcome).label, ...filtered("outcome", outcome) },
    { label: "Reason", text: reason, ...filtered("reason", reason) },
    {
      label: "Received",
      text: moment(receivedAt, zone),
      notes: [zoneLabel(zone, receivedAt), receivedAt.toISOString()],
    },
    { label: "Delay", text: onTheWay(delivery), none: "Unknown", notes: ["From the click until it was received"] },
    ...(clickedAt ? [{ label: "Clicked", text: moment(clickedAt, zone), notes: [clickedAt.toISOString()] }] : []),
    ...(replayedAt ? [{ label: "Replayed", text: moment(replayedAt, zone) }] : []),
    { label: "Event", text: event, none: "Unreadable", ...filtered("type", event) },
    { label: "Link", text: linkId === null ? null : linkName(linkId), ...filtered("link", linkId), copy: linkId },
    {
      label: "Signed with",
      text: secretId === null ? null : secretName(secretId),
      none: "Not recorded",
      ...filtered("secret", secretId === null ? null : String(secretId)),
    },
    { label: "Event id", text: eventId, mono: true, copy: eventId },
    { label: "Click id", text: clickId, mono: true, copy: clickId },
  ];
}

function Body({ body }: Pick<DeliveryDetail, "body">) {
  return (
    <section aria-label="Body" className="border-line border-t px-5 pt-4 pb-8">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-semibold">Body</h3>
        {body && <CopyButton text={body.text} label="Copy body" />}
      </div>
      {body ? (
        <>
          <p className="mb-2 text-muted">
            {`${body.isCut ? "First part of " : ""}${count(body.bytes)} bytes, without passwords and personal data.`}
          </p>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
            tabIndex={0}
            className="max-h-[32rem] overflow-auto rounded-lg bg-raised p-3 font-mono text-xs leading-relaxed"
          >
            {body.text}
          </pre>
        </>
      ) : (
        <p className="text-muted">Not stored: it repeats a counted click, or Footfall doesn’t count this event.</p>
      )}
    </section>
  );
}

/** Details of the delivery in the URL, beside the list. */
export async function DeliveryPanel({ name, ...context }: DeliveryContext & { name: string }) {
  const delivery = await answerDelivery(name);
  const closeHref = hrefTo("/deliveries", context.params);
  if (!delivery) {
    return (
      <RoutedPanel title="Delivery not found" of={name} closeHref={closeHref}>
        <p className="p-5 text-muted">There is no delivery with this number. It may have been deleted.</p>
      </RoutedPanel>
    );
  }
  const title = `${outcomeWords(delivery.outcome).label}: ${delivery.event ?? "delivery"}`;
  return (
    <RoutedPanel title={title} of={name} closeHref={closeHref}>
      <Facts title="Delivery" facts={factsOf(delivery, context)}>
        {delivery.outcome === "quarantined" && (
          <div className="flex justify-start py-1">
            <ReplayButton target={{ delivery: delivery.id.slice(1) }} label="Replay this delivery" total={1} />
          </div>
        )}
      </Facts>
      <Body body={delivery.body} />
    </RoutedPanel>
  );
}
