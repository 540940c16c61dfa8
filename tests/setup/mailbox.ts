import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type Mail = { to: string[]; from: string; head: string; text: string };

/** A quoted-printable or base64 body as text. */
function decoded(head: string, body: string): string {
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(head)?.[1]?.toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const bytes = body
    .replace(/=\r?\n/g, "")
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** A real server for email, which adds what it is sent to `mails`. `url`: for SMTP_URL, with its user. */
export async function startMailbox(mails: Mail[]): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = new SMTPServer({
    authMethods: ["PLAIN", "LOGIN"],
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _, done) =>
      username === "footfall" && password === "p@ss"
        ? done(null, { user: username })
        : done(new Error("wrong password")),
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const [head = "", ...body] = Buffer.concat(parts).toString("utf8").split("\r\n\r\n");
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const text = decoded(head, body.join("\r\n\r\n")).replaceAll("\r\n", "\n");
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), from, head, text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const stop = () => new Promise<void>((resolve) => server.close(resolve));
  return { url: `smtp://footfall:p%40ss@127.0.0.1:${port}`, stop };
}
