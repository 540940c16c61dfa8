import { DUB } from "@/lib/senders/dub/dub";
import type { Sender } from "./sender";

/**
 * The sender. A second one needs a folder beside dub/, a route in app/, its name in `Incoming`, in secrets, in spool
 * records and in the table `delivery`, and its own field names instead of `sent` in lib/click/fields.ts: see decision
 * 015.
 */
export const SENDER: Sender = DUB;
