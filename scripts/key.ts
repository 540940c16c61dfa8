import { parseArgs } from "node:util";
import { record } from "@/lib/account/audit/record";
import { NewKey, SCOPE_KEYS } from "@/lib/account/keys/key";
import { createKey, listKeys, revokeKey } from "@/lib/account/keys/store";
import { withLinkIds } from "@/lib/account/link-choices";
import { tidyText } from "@/lib/base/clean";
import { AppError } from "@/lib/base/errors";
import { findDatabase } from "@/scripts/database-url";
import { isEntry } from "@/scripts/run";
import { Failure, runCommand, say } from "@/scripts/steps";

const HELP = `npm run key -- create NAME [options]
npm run key -- revoke NAME
npm run key -- list

Makes or revokes API keys, with which programs ask: Authorization: Bearer KEY. The key is alone on the last line of
output, and is never shown again. The server can keep running.

  --scopes LIST        what it opens: ${SCOPE_KEYS.join(", ")} (default read,export)
  --links LIST         only these links: ids or short links, with commas between them
  --domains LIST       only links of these domains
  --tags LIST          only links with one of these tags, by id
  --folders LIST       only links in these folders, by id
  --expires TIME       until when, such as 2027-01-31T00:00:00Z (default: it doesn't expire)
  --per-minute NUMBER  how many requests a minute (default 600)`;

function readOptions(words: string[]) {
  const text = { type: "string" } as const;
  return parseArgs({
    args: words,
    options: {
      ...{ scopes: text, links: text, domains: text, tags: text, folders: text, expires: text, "per-minute": text },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
}
type Options = ReturnType<typeof readOptions>["values"];

const listOf = (text: string | undefined): string[] => (text ?? "").split(",").flatMap((part) => part.trim() || []);

function keyOf(name: string, { scopes, links, domains, tags, folders, expires, "per-minute": perMinute }: Options) {
  for (const [option, value] of Object.entries({ links, domains, tags, folders })) {
    // An unset shell variable must not open everything.
    if (value !== undefined && listOf(value).length === 0) throw new Failure(`--${option} is empty. No key was made.`);
  }
  const limit = { linkId: listOf(links), domain: listOf(domains), tagId: listOf(tags), folderId: listOf(folders) };
  const isLimited = Object.values(limit).some((list) => list.length > 0);
  const result = NewKey.safeParse({
    name,
    ...(scopes !== undefined && { scopes: listOf(scopes) }),
    ...(isLimited && { links: limit }),
    ...(expires !== undefined && { expiresAt: expires }),
    ...(perMinute !== undefined && { perMinute: Number(perMinute) }),
  });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Failure(`${issue?.path.join(".")}: ${issue?.message}`);
}

async function create(name: string, options: Options): Promise<void> {
  const asked = keyOf(name, options);
  const key = { ...asked, links: await withLinkIds(asked.links) };
  const { value } = await createKey(key, null);
  const detail = { scopes: key.scopes, ...(key.links && { links: key.links }) };
  await record("key.create", { kind: "host" }, { target: key.name, detail, headers: null });
  say(`Made the API key “${key.name}” with ${key.scopes.join(" and ")}. It won't be shown again:`);
  say(value);
}

async function revoke(given: string): Promise<void> {
  const { name } = await revokeKey({ name: tidyText(given) });
  await record("key.revoke", { kind: "host" }, { target: name, headers: null });
  say(`Revoked the API key “${name}”. No server accepts it any more.`);
}

async function list(): Promise<void> {
  const keys = await listKeys();
  if (keys.length === 0) say("There are no API keys.");
  for (const { name, hint, state, scopes, lastUsedAt } of keys)
    say(`${name}  …${hint}  ${state}  ${scopes.join(",")}  last used ${lastUsedAt?.toISOString() ?? "never"}`);
}

/** Does what the command line says. @throws Failure when it can't be done */
export async function runKey(words: string[]): Promise<void> {
  const { values, positionals } = readOptions(words);
  const [command, name] = positionals;
  if (values.help) return say(HELP);
  const isNamed = command === "create" || command === "revoke";
  if (!(command === "list" || isNamed) || positionals.length !== (isNamed ? 2 : 1) || (isNamed && !name?.trim()))
    throw new Failure(`Say what to do.\n\n${HELP}`);
  await findDatabase();
  try {
    if (command === "create") await create(name ?? "", values);
    else if (command === "revoke") await revoke(name ?? "");
    else await list();
  } catch (error) {
    if (error instanceof AppError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}

if (isEntry(import.meta.url)) await runCommand(() => runKey(process.argv.slice(2)), HELP);
