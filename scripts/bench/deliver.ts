import autocannon from "autocannon";
import { SENDER } from "@/lib/senders/senders";
import { liveDelivery } from "../demo/deliveries";
import { createRandom } from "../demo/random";

/** How one stretch of deliveries went: acknowledged ones a second, and milliseconds from request to answer. */
export type Delivered = { acknowledged: number; refused: number; perSecond: number; p50: number; p99: number };

const random = createRandom(Date.now() % 2 ** 31);

/** A click of today's payload, which nobody else sent. */
function nextBody(): Buffer {
  return Buffer.from(JSON.stringify(liveDelivery(random, Date.now())));
}

/**
 * Delivers distinct signed clicks over some connections for a while, as fast as they are answered or `rate` a second.
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
