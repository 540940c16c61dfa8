import type { Metadata } from "next";
import { headers } from "next/headers";
import { Logo } from "@/components/access/entry-page";
import { Reference } from "@/components/reference/reference";
import { Link, TextLink } from "@/components/ui/link";
import { SCOPE_WORDS } from "@/lib/api/openapi/document";
import { homeOf } from "@/lib/deliveries/webhook-url";

export const metadata: Metadata = { title: "API reference" };

/** The API's reference, for everybody: it names no link and no click. */
export default async function ApiReference() {
  const home = homeOf(await headers());
  return (
    <main id="content" className="mx-auto grid max-w-5xl grid-cols-1 gap-10 px-4 pt-6 pb-16">
      <header className="grid gap-4">
        <Link href="/" className="flex w-fit items-center gap-2 rounded font-semibold">
          <Logo /> Footfall
        </Link>
        <h1 className="font-semibold text-2xl tracking-tight">API reference</h1>
        <div className="grid max-w-prose gap-2 text-pretty">
          <p>
            Make a key under <TextLink href="/settings/keys">Settings → API keys</TextLink> and send it with each
            request as <code className="font-mono text-[13px]">Authorization: Bearer KEY</code>. Its scopes say what it
            opens: {SCOPE_WORDS}. A key that is limited to some links sees nothing of others.
          </p>
          <p>
            An error has a code and a message that says what to do:{" "}
            <code className="font-mono text-[13px]">{'{"error": {"code": "…", "message": "…"}}'}</code>. A key that asks
            too often gets 429, and Retry-After says how many seconds to wait.
          </p>
          <p>
            The same as <TextLink href="/api/openapi.json">OpenAPI 3.1</TextLink>, for generators and tools.
          </p>
        </div>
      </header>
      <Reference host={home} />
    </main>
  );
}
