import "server-only";
import { createTransport } from "nodemailer";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";

/** Limits of each step in ms, so that a page which waits for the server's answer gets one. */
const LIMITS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 };

/** Plain text, in which nothing that people type means anything else. */
export type Letter = { subject: string; text: string };

/**
 * Whether a password would cross the network: then TLS is needed, which a server on the way could else withhold.
 * `ignoreTLS=true` in the URL is the way out.
 */
function needsTls(url: string): boolean {
  const { username, hostname, searchParams } = new URL(url);
  return username !== "" && !/^(localhost|127\..*|\[::1\])$/.test(hostname) && searchParams.get("ignoreTLS") !== "true";
}

const state = single("mail", () => ({ hasFailed: false }));

/** Whether this server couldn't send its last email. */
export const hasMailFailed = (): boolean => state().hasFailed;

/** Whether a server for email is set up. */
export const sendsMail = (): boolean => env().SMTP_URL !== undefined;

/**
 * Sends an email if a server for it is set up. A failure is logged, without the text, which may open an account.
 *
 * @returns whether the server took it
 */
export async function send(to: string, write: () => Letter): Promise<boolean> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return false;
  const { subject, text } = write();
  const transport = createTransport({ url: SMTP_URL, requireTLS: needsTls(SMTP_URL), ...LIMITS });
  try {
    // As objects: as text they could name several addresses.
    await transport.sendMail({
      from: { name: "Footfall", address: MAIL_FROM },
      to: { name: "", address: to },
      subject,
      text,
    });
    state().hasFailed = false;
    return true;
  } catch (error) {
    state().hasFailed = true;
    log.error({ err: error, subject }, "mail: not sent");
    return false;
  } finally {
    transport.close();
  }
}
