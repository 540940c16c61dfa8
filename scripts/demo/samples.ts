import { CLICK_FIELDS } from "@/lib/click/fields";
import type { Random } from "./random";

/** Fields whose values are drawn from the samples in the table of fields. */
export const SAMPLED = CLICK_FIELDS.flatMap(({ column, sent, dimension }) =>
  dimension?.samples ? [{ column, sent, samples: dimension.samples }] : [],
);

/** One of the samples, each as likely as the others. */
export const sampleOf = (samples: readonly string[], random: Random): string =>
  samples[Math.floor(random.next() * samples.length)] ?? "";
