import { expect } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver } from "./e2e";

type Sent = { at: Date; click?: Record<string, unknown> };

/** How many deliveries are on their way at a time. */
const ABREAST = 20;

/** Delivers clicks on one link, which nothing else is on. */
export async function deliverClicks(link: { id: string; key: string }, clicks: Sent[]): Promise<void> {
  const payloads = clicks.map(({ at, click }, index) =>
    clickPayload({
      click: { id: `${link.key}_${index}`, timestamp: at.toISOString(), ...click },
      link: { ...link, shortLink: `https://go.example.com/${link.key}`, domain: "go.example.com", tags: [] },
    }),
  );
  for (let start = 0; start < payloads.length; start += ABREAST) {
    const answers = await Promise.all(payloads.slice(start, start + ABREAST).map(deliver));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  }
}
