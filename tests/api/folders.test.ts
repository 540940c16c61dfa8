import { beforeEach, expect, test } from "vitest";
import { GET as EXPORT } from "@/app/api/export/[file]/route";
import { PATCH } from "@/app/api/folders/route";
import { GET as ANALYTICS } from "@/app/api/v1/analytics/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { listFolders } from "@/lib/click/folders";
import { clickPayload } from "@/tests/factory";
import { deliver } from "../db/deliveries/deliver";
import { cookieOf, OWNER } from "./access-helpers";

let cookie: string;

beforeEach(async () => {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  cookie = cookieOf(headers.getSetCookie());
  await deliver(clickPayload({ link: { folderId: "fold_1" } }));
});

const name = (body: object, headers: HeadersInit = { cookie }) =>
  PATCH(
    new Request("http://localhost/api/folders", {
      ...{ method: "PATCH", body: JSON.stringify(body) },
      headers: { "content-type": "application/json", ...headers },
    }),
    {},
  );
const asked = (path: string) => new Request(`http://localhost${path}`, { headers: { cookie } });

async function rows(): Promise<unknown> {
  const answer = await ANALYTICS(asked("/api/v1/analytics?groupBy=top_folders&interval=all"), {});
  return ((await answer.json()) as { rows: unknown }).rows;
}

test("a folder is shown by the name that somebody gives it, in rows and files, until it is taken away", async () => {
  expect(await rows()).toEqual([{ value: "fold_1", clicks: 1 }]);
  expect((await name({ id: "fold_1", name: "  Spring   2026 " })).status).toBe(200);
  expect(await rows()).toEqual([{ value: "fold_1", clicks: 1, name: "Spring 2026" }]);
  const params = Promise.resolve({ file: "top_folders.csv" });
  const file = await EXPORT(asked("/api/export/top_folders.csv?interval=all"), { params });
  expect(await file.text()).toBe("folderId,folder,clicks,visitors,visitors_certainty\nfold_1,Spring 2026,1,1,exact\n");
  expect(await listFolders()).toEqual([{ id: "fold_1", name: "Spring 2026", links: 1 }]);
  await name({ id: "fold_1", name: "" });
  expect(await listFolders()).toEqual([{ id: "fold_1", name: null, links: 1 }]);
});

test("a name that is too long is refused, and strangers name nothing", async () => {
  const refused = await name({ id: "fold_1", name: "x".repeat(81) });
  expect(refused.status).toBe(422);
  expect(JSON.stringify(await refused.json())).toContain("Use at most 80 characters.");
  expect((await name({ id: "fold_1", name: "Mine" }, {})).status).toBe(401);
  expect(await listFolders()).toMatchObject([{ name: null }]);
});
