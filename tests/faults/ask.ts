import { run } from "../../scripts/run";
import { OWNER } from "../setup/e2e";
import { KEY } from "./server";

/** Makes the account that may ask. */
export async function createAccount(databaseUrl: string, directory: string): Promise<void> {
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/owner.ts"];
  const settings = { DATABASE_URL: databaseUrl, DATA_DIR: directory, SECRET_KEY: KEY };
  const env = { ...process.env, ...settings, ADMIN_EMAIL: OWNER.email, ADMIN_PASSWORD: OWNER.password };
  const { code, output } = await run(process.execPath, args, { env });
  if (code !== 0) throw new Error(output);
}

/** Somebody who has signed in. */
export type Reader = Awaited<ReturnType<typeof signInTo>>;

export async function signInTo(url: string) {
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: url },
    body: JSON.stringify(OWNER),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.replace(/;.*/s, ""))
    .join("; ");
  return {
    cookie,
    async read(path: string): Promise<{ status: number; text: string }> {
      const response = await fetch(url + path, { headers: { cookie }, redirect: "manual" });
      return { status: response.status, text: await response.text() };
    },
  };
}

/** How many clicks a server answers with: the mirror's, as long as it is current. */
export async function clicksOf(url: string): Promise<number> {
  const { text } = await (await signInTo(url)).read("/api/v1/analytics?interval=all&groupBy=count");
  const answer = JSON.parse(text) as { clicks?: number };
  if (answer.clicks === undefined) throw new Error(`no answer: ${text}`);
  return answer.clicks;
}
