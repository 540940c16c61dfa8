import "server-only";
import { mayMail } from "@/lib/account/attempts";
import { log } from "@/lib/base/log";
import { accountChanged } from "./letters";
import { send, sendsMail } from "./send";

async function tell(email: string, newEmail: string | null): Promise<void> {
  if (sendsMail() && (await mayMail("change", email))) await send(email, () => accountChanged(email, newEmail));
}

/** Tells the address that an account had that its password, or with `newEmail` its address, has changed. Later: nobody waits. */
export function tellOfChange(email: string, newEmail: string | null): void {
  tell(email, newEmail).catch((error: unknown) => log.error({ err: error }, "mail: nobody was told of a change"));
}
