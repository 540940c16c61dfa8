import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { metricsText } from "@/lib/health/metrics";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Metrics in Prometheus' text format, for whoever has METRICS_TOKEN. Off without that setting. */
export const GET = route(async (request) => {
  const { METRICS_TOKEN } = env();
  if (!METRICS_TOKEN) throw new AppError("not_found", "Metrics are off. Set METRICS_TOKEN to turn them on.");
  const given = request.headers.get("authorization") ?? "";
  if (!timingSafeEqual(digest(given), digest(`Bearer ${METRICS_TOKEN}`)))
    throw new AppError("unauthorized", "Send METRICS_TOKEN in the header Authorization: Bearer.");
  const { text, contentType } = await metricsText();
  return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
