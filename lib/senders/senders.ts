import { DUB } from "./dub/dub";
import type { Sender } from "./sender";

/**
 * Who delivers. Another one is a folder beside Dub's, an address in app/, and a name that is kept with bodies that wait:
 * until then whatever waits in the spool or in quarantine is this one's.
 */
export const SENDER: Sender = DUB;
