import "server-only";
import { open, seal } from "@/lib/deliveries/secrets/secret";

/** Advisory lock that every write of a source takes shared once a move has begun; held alone, nobody writes. */
export const MOVE_LOCK = 7_041_778;

/** The URL of a move's target, as a source keeps it: only this installation's servers can read it. */
export const sealUrl = (url: string, key: string): Buffer => seal(url, "move", key);

/** It, or null when it can't be read with this key. */
export const movedTo = (sealed: Uint8Array | null, key: string): string | null => sealed && open(sealed, "move", key);
