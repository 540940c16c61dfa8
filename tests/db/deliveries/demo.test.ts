import { expect, test } from "vitest";
import { DELETE, POST } from "@/app/api/demo/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { readInstallation } from "@/lib/account/preferences";
import { db } from "@/lib/base/db";
import { DEMO } from "@/lib/deliveries/demo/deliveries";
import { countDemo, demoState } from "@/lib/deliveries/demo/demo";
import { LINKS } from "@/lib/deliveries/demo/links";
import { cookieOf, OWNER } from "@/tests/api/access-helpers";
import { clickPayload } from "@/tests/factory";
import { deliver } from "./deliver";

const asked = (method: string, headers: HeadersInit) => new Request("http://localhost/api/demo", { method, headers });

test("an empty installation is filled once, by its owner, and emptied of exactly that", async () => {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  const cookie = cookieOf(headers.getSetCookie());
  for (const method of ["POST", "DELETE"]) {
    const route = method === "POST" ? POST : DELETE;
    expect((await route(asked(method, {}), {})).status).toBe(401);
    expect((await route(asked(method, { cookie, origin: "https://evil.example" }), {})).status).toBe(403);
  }
  expect(demoState().progress).toBeNull();

  const pressed = await Promise.all([POST(asked("POST", { cookie }), {}), POST(asked("POST", { cookie }), {})]);
  expect(pressed.map(({ status }) => status)).toEqual([202, 202]);
  expect((await DELETE(asked("DELETE", { cookie }), {})).status).toBe(422);
  await expect.poll(() => demoState().progress, { timeout: 150_000 }).toBeNull();
  expect(demoState().hasFailed).toBe(false);
  expect(await countDemo()).toEqual({ clicks: DEMO.clicks, links: LINKS.length });
  expect(await db().click.count()).toBe(DEMO.clicks);
  expect((await POST(asked("POST", { cookie }), {})).status).toBe(422);

  await deliver(clickPayload({ link: { id: "link_of_mine" } }));
  const removed = await DELETE(asked("DELETE", { cookie }), {});
  expect(await removed.json()).toEqual({ clicks: DEMO.clicks, links: LINKS.length });
  expect((await readInstallation()).hasDemo).toBe(false);
  expect(await db().click.findMany({ select: { linkId: true } })).toEqual([{ linkId: "link_of_mine" }]);
  expect(await db().link.findMany({ select: { id: true } })).toEqual([{ id: "link_of_mine" }]);
  expect(await db().delivery.count()).toBe(0);
});
