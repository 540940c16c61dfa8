import autocannon from "autocannon";
import { liveDelivery } from "@/lib/deliveries/demo/deliveries";
import { createRandom } from "@/lib/deliveries/demo/random";
import { SENDER } from "@/lib/senders/senders";
import type { Machine } from "@/scripts/bench/machine";

/** Deliveries acknowledged per second, and milliseconds from request to response. */
export type Delivered = { acknowledged: number; refused: number; perSecond: number; p50: number; p99: number };

const random = createRandom(Date.now() % 2 ** 31);

/** A unique click event. */
function nextBody(): Buffer {
  return Buffer.from(JSON.stringify(liveDelivery(random, Date.now())));
}

/**
 * Delivers distinct signed clicks over several connections, as fast as they are answered or at `rate` per second.
 */
export async function deliverFor(
  url: string,
  secret: string,
  { connections, seconds, rate }: { connections: number; seconds: number; rate?: number },
): Promise<Delivered> {
  const result = await autocannon({
    url: `${url}${SENDER.path}`,
    connections,
    duration: seconds,
    ...(rate && { overallRate: rate }),
    requests: [
      {
        method: "POST",
        setupRequest: (request) => {
          const body = nextBody();
          const headers = {
            ...request.headers,
            "Content-Type": "application/json",
            [SENDER.signatureHeader]: SENDER.sign(body, secret),
          };
          return { ...request, body, headers };
        },
      },
    ],
  });
  return {
    acknowledged: result["2xx"],
    refused: result.non2xx + result.errors + result.timeouts,
    perSecond: result["2xx"] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

/** `present`: clicks in PostgreSQL afterwards. */
export type Round = Delivered & { present: number };
/** `memory`: bytes, sampled over time. */
export type Steady = Delivered & { minutes: number; memory: number[] };

const LEAST_SHARE = 0.6;
const MOST_P99 = 60;

const count = (value: number) => Math.round(value).toLocaleString("en-US");
const megabytes = (bytes: number) => `${count(bytes / 1024 ** 2)} MB`;
const met = (isMet: boolean) => (isMet ? "yes" : "no");
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The report in Markdown. */
export function ingestReport(
  machine: Machine,
  rounds: readonly { connections: number; floor: Round; server: Round }[],
  steady: Steady,
  clicks: number,
): string {
  const shares = rounds.map(({ floor, server }) => server.perSecond / floor.perSecond);
  const quarter = Math.max(1, Math.floor(steady.memory.length / 4));
  const [early, late] = [mean(steady.memory.slice(quarter, 2 * quarter)), mean(steady.memory.slice(-quarter))];
  const line = ({ perSecond, p50, p99, acknowledged, present, refused }: Round) =>
    `${count(perSecond)} | ${p50} / ${p99} | ${count(acknowledged)} | ${count(present)} | ${count(refused)}`;
  return `# Performance of ingest

Written by \`npm run bench:ingest\` on ${new Date().toISOString().slice(0, 10)}: distinct signed clicks of today's payload over HTTP, by autocannon, on the
production server and on the *floor*: a bare \`node:http\` server that verifies and stores with the same functions. Both
write to the same PostgreSQL, one after the other. Milliseconds, p50 / p99. *Present* is how many clicks there are in
PostgreSQL afterwards; it may be a few more than were acknowledged, which were under way when the time was over.

${machine.cores} cores (${machine.cpu}), ${(machine.memory / 1e9).toFixed(1)} GB of memory, ${machine.system}, Node ${machine.node}, PostgreSQL ${machine.postgres}. Server,
PostgreSQL and the sender share the machine. ${count(clicks)} clicks at the end.

## Aims

| aim | limit | found | met |
| --- | ---: | ---: | ---: |
| share of the floor's throughput, the least | ${LEAST_SHARE * 100} % | ${Math.round(Math.min(...shares) * 100)} % | ${met(Math.min(...shares) >= LEAST_SHARE)} |
| p99 at 500 deliveries a second | ${MOST_P99} ms | ${steady.p99} ms | ${met(steady.p99 <= MOST_P99)} |
| memory after ${steady.minutes} minutes, beside that of the second quarter | 1.1 × | ${(late / early).toFixed(2)} × | ${met(late <= early * 1.1)} |

## As fast as they are answered

| connections | server | deliveries/s | ms | acknowledged | present | refused |
| ---: | --- | ---: | ---: | ---: | ---: | ---: |
${rounds.flatMap(({ connections, floor, server }) => [`| ${connections} | floor | ${line(floor)} |`, `| ${connections} | Footfall | ${line(server)} |`]).join("\n")}

## Steady: 500 a second over 32 connections

${count(steady.acknowledged)} acknowledged in ${steady.minutes} minutes (${count(steady.perSecond)}/s), ${count(steady.refused)} refused, ${steady.p50} / ${steady.p99} ms. Memory of the server: ${megabytes(early)} in the second
quarter of the time, ${megabytes(late)} in the last, at most ${megabytes(Math.max(0, ...steady.memory))}.
`;
}
