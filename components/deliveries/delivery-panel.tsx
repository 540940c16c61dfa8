import { CLICK_PARAM, EVENTS_PATH } from "@/components/events/event-page";
import { type Fact, Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/link";
import { Source } from "@/components/ui/source";
import { ask } from "@/components/views/ask";
import { BesidePanel } from "@/components/views/beside";
import { count, moment, zoneLabel } from "@/lib/base/format";
import { linkName } from "@/lib/click/link-name";
import { answerDelivery, type DeliveryDetail } from "@/lib/deliveries/list/rows";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { type DeliveryContext, onTheWay } from "./deliveries-table";
import { outcomeWords } from "./outcome-words";
import { ReplayButton } from "./replay-button";

/** How the ids of counted deliveries begin; the number of their click follows. */
const COUNTED = "c";

type Told = Omit<DeliveryDetail, "id" | "body" | "addressCut">;

function factsOf(delivery: Told, { params, zone, linkName, secretName }: DeliveryContext): Fact[] {
  const { outcome, reason, event, eventId, clickId, linkId, secretId, receivedAt, clickedAt, replayedAt } = delivery;
  const filtered = (param: string, value: string | null) =>
    value === null ? {} : { filter: hrefTo("/deliveries", withParam(params, param, value)) };
  return [
    { label: "Outcome", text: outcomeWords(outcome).label, ...filtered("outcome", outcome) },
    ...(outcome === "counted" ? [] : [{ label: "Reason", text: reason, ...filtered("reason", reason) }]),
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

function Body({ body, addressCut }: Pick<DeliveryDetail, "body" | "addressCut">) {
  return (
    <section aria-label="Body" className="border-line border-t px-5 pt-4 pb-8">
      {body ? (
        <Source
          title="Body"
          text={body.text}
          note={`${body.isCut ? "First part of " : ""}${count(body.bytes)} bytes, without passwords and personal data.${addressCut ? " IP addresses were truncated or removed." : ""}`}
        />
      ) : (
        <>
          <h3 className="font-semibold">Body</h3>
          <p className="text-muted">Not stored: it repeats a counted click, or Footfall doesn’t count this event.</p>
        </>
      )}
    </section>
  );
}

/** A delivery that was counted: what is stored of it is the click. */
async function CountedDelivery({ name, ...known }: DeliveryContext & { name: string }) {
  const seq = name.slice(COUNTED.length);
  const click = await ask({ kind: "click", seq });
  if (!click) return null;
  const context = { ...known, linkName: (id: string) => linkName(id, click.link) };
  const counted = { outcome: "counted", reason: "counted", event: "link.clicked", replayedAt: null };
  const href = hrefTo(EVENTS_PATH, new URLSearchParams({ interval: "all", [CLICK_PARAM]: seq }));
  return (
    <BesidePanel
      noun="delivery"
      title={`Counted: click on ${context.linkName(click.linkId)}`}
      note={moment(click.receivedAt, context.zone)}
      of={name}
    >
      <Facts title="Delivery" facts={factsOf({ ...click, ...counted }, context)}>
        <p className="py-1">
          <TextLink href={href}>Show the click</TextLink>
        </p>
      </Facts>
    </BesidePanel>
  );
}

/** Details of the delivery in the URL, beside the list. */
export async function DeliveryPanel({ name, ...context }: DeliveryContext & { name: string }) {
  const found = name.startsWith(COUNTED) && (await CountedDelivery({ name, ...context }));
  if (found) return found;
  const delivery = await answerDelivery(name);
  if (!delivery) {
    return (
      <BesidePanel noun="delivery" title="Delivery not found" of={name}>
        <p className="p-5 text-muted">There is no delivery with this number. It may have been deleted.</p>
      </BesidePanel>
    );
  }
  return (
    <BesidePanel
      noun="delivery"
      title={`${outcomeWords(delivery.outcome).label}: ${delivery.event ?? "delivery"}`}
      note={moment(delivery.receivedAt, context.zone)}
      of={name}
    >
      <Facts title="Delivery" facts={factsOf(delivery, context)}>
        {delivery.outcome === "quarantined" && (
          <div className="flex justify-start py-1">
            <ReplayButton target={{ delivery: delivery.id.slice(1) }} label="Replay this delivery" total={1} />
          </div>
        )}
      </Facts>
      <Body body={delivery.body} addressCut={delivery.addressCut} />
    </BesidePanel>
  );
}
