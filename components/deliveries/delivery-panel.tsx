import { text as replayText } from "@/components/deliveries/replay-text";
import { text } from "@/components/deliveries/text";
import { CopyButton } from "@/components/ui/copy-button";
import { type Fact, Facts } from "@/components/ui/facts";
import { RoutedPanel } from "@/components/ui/routed-panel";
import { hrefTo } from "@/components/views/view";
import { moment, zoneLabel } from "@/lib/base/format";
import { answerDelivery, type DeliveryDetail } from "@/lib/deliveries/list/rows";
import { withParam } from "@/lib/question/codec/write";
import { onTheWay } from "./deliveries-table";
import { outcomeWords } from "./outcome-words";
import { ReplayButton } from "./replay-button";

type Context = {
  params: URLSearchParams;
  zone: string;
  linkName: (id: string) => string;
  secretName: (id: number) => string;
};

function factsOf(delivery: DeliveryDetail, { params, zone, linkName, secretName }: Context): Fact[] {
  const { outcome, reason, event, eventId, clickId, linkId, secretId, receivedAt, clickedAt, replayedAt } = delivery;
  const filter = (param: string, value: string) => hrefTo("/deliveries", withParam(params, param, value));
  const filtered = (param: string, value: string | null) => (value === null ? {} : { filter: filter(param, value) });
  return [
    { label: text.fields.outcome, text: outcomeWords(outcome).label, filter: filter("outcome", outcome) },
    { label: text.fields.reason, text: reason, filter: filter("reason", reason) },
    {
      label: text.fields.received,
      text: moment(receivedAt, zone),
      notes: [zoneLabel(zone, receivedAt), receivedAt.toISOString()],
    },
    {
      label: text.fields.onTheWay,
      text: onTheWay(delivery),
      none: text.panel.notKnown,
      notes: [text.panel.whatIsTheWay],
    },
    ...(clickedAt
      ? [{ label: text.fields.clicked, text: moment(clickedAt, zone), notes: [clickedAt.toISOString()] }]
      : []),
    ...(replayedAt ? [{ label: text.fields.replayed, text: moment(replayedAt, zone) }] : []),
    { label: text.fields.event, text: event, none: text.panel.notReadable, ...filtered("type", event) },
    {
      label: text.fields.link,
      text: linkId === null ? null : linkName(linkId),
      ...filtered("link", linkId),
      copy: linkId,
    },
    {
      label: text.fields.signedWith,
      text: secretId === null ? null : secretName(secretId),
      none: text.panel.notNoted,
      ...filtered("secret", secretId === null ? null : String(secretId)),
    },
    { label: text.fields.eventId, text: eventId, mono: true, copy: eventId },
    { label: text.fields.clickId, text: clickId, mono: true, copy: clickId },
  ];
}

function Body({ body }: Pick<DeliveryDetail, "body">) {
  return (
    <section aria-label={text.panel.body} className="border-line border-t px-5 pt-4 pb-8">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-semibold">{text.panel.body}</h3>
        {body && <CopyButton text={body.text} label={text.panel.copyBody} />}
      </div>
      {body ? (
        <>
          <p className="mb-2 text-muted">
            {body.isCut ? text.panel.bytesCut(body.bytes) : text.panel.bytes(body.bytes)}
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
        <p className="text-muted">{text.panel.bodyNotKept}</p>
      )}
    </section>
  );
}

/** Everything about the delivery that the address names, beside the list. */
export async function DeliveryPanel({ name, ...context }: Context & { name: string }) {
  const delivery = await answerDelivery(name);
  const closeHref = hrefTo("/deliveries", context.params);
  if (!delivery) {
    return (
      <RoutedPanel title={text.panel.noSuchDelivery} of={name} closeHref={closeHref}>
        <p className="p-5 text-muted">{text.panel.noneOfThisNumber}</p>
      </RoutedPanel>
    );
  }
  const facts = factsOf(delivery, context);
  return (
    <RoutedPanel
      title={text.panel.title(outcomeWords(delivery.outcome).label, delivery.event)}
      of={name}
      closeHref={closeHref}
    >
      <Facts title={text.panel.delivery} facts={facts}>
        {delivery.outcome === "quarantined" && (
          <div className="flex justify-start py-1">
            <ReplayButton target={{ delivery: delivery.id.slice(1) }} label={replayText.replayThis} total={1} />
          </div>
        )}
      </Facts>
      <Body body={delivery.body} />
    </RoutedPanel>
  );
}
