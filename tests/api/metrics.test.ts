import { expect, test, vi } from "vitest";
import { GET } from "@/app/api/metrics/route";
import { POST } from "@/app/api/webhooks/dub/route";
import { env } from "@/lib/base/env";
import { clickPayload, signed } from "@/tests/factory";

const TOKEN = vi.hoisted(() => {
  process.env.METRICS_TOKEN = "a token for the metrics";
  return process.env.METRICS_TOKEN;
});

const ask = (authorization?: string) =>
  GET(new Request("http://localhost/api/metrics", authorization ? { headers: { authorization } } : {}), undefined);

test("metrics are for who knows the token, and tell what was taken and what was not", async () => {
  for (const given of [undefined, "Bearer", "Bearer wrong", TOKEN]) expect((await ask(given)).status).toBe(401);
  for (const body of [clickPayload(), clickPayload(), "nonsense"]) await POST(signed(body), undefined);
  await POST(signed(clickPayload(), undefined, "whsec_of_somebody_else"), undefined);

  const response = await ask(`Bearer ${TOKEN}`);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const lines = text.split("\n");
  for (const line of [
    'footfall_deliveries_total{outcome="counted"} 1',
    'footfall_deliveries_total{outcome="duplicate"} 1',
    'footfall_deliveries_total{outcome="quarantined"} 1',
    'footfall_refusals_total{reason="signature"} 1',
    "footfall_database_up 1",
    "footfall_database_workers_away 0",
    'footfall_quarantined{scope="installation"} 1',
    "footfall_spool_bytes 0",
    "footfall_delivery_delay_seconds_count 2",
    'footfall_batch_deliveries_bucket{le="1"} 3',
    "footfall_batch_seconds_count 3",
    'footfall_spool_deliveries{scope="installation"} 0',
    "footfall_mirror_lag_clicks Nan",
  ])
    expect(lines).toContain(line);
  expect(text).not.toContain("whsec_");
});

test("without the setting there are none", async () => {
  const token = env().METRICS_TOKEN;
  try {
    env().METRICS_TOKEN = undefined;
    expect((await ask(`Bearer ${TOKEN}`)).status).toBe(404);
    expect((await ask("Bearer undefined")).status).toBe(404);
  } finally {
    env().METRICS_TOKEN = token;
  }
});
