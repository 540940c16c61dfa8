import type { Cursor } from "@/lib/question/question";

// Formats URLs, independent of their meaning: links need only this file.

/** Characters that chat clients and email drop at the end of a URL. */
const CUT_OFF = /[.,:;!?*_~'-]$/;

/** The query string with readable commas, colons and slashes, and without an end that a chat client would cut off. */
export function queryString(params: URLSearchParams): string {
  const text = params.toString().replace(/%(2C|3A|2F)/g, (code) => decodeURIComponent(code));
  return text.replace(CUT_OFF, (last) => `%${last.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

export function hrefTo(path: string, params: URLSearchParams): string {
  return params.size > 0 ? `${path}?${queryString(params)}` : path;
}

/** An instant in a URL, without trailing zeros: `2026-08-01T09:00Z`. */
export const instantText = (instant: Date): string => instant.toISOString().replace(/(:00)?\.000Z$/, "Z");

const CURSOR = /^(\d{1,13})-(\d{1,18})$/;

export const formatCursor = ({ clickedAt, seq }: Cursor): string => `${clickedAt.getTime()}-${seq}`;

export function parseCursor(text: string): Cursor | null {
  const [, ms, seq] = CURSOR.exec(text) ?? [];
  return ms && seq ? { clickedAt: new Date(Number(ms)), seq } : null;
}
