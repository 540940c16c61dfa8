import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { PATCH as changeAccount } from "@/app/api/account/route";
import { POST as forgot } from "@/app/api/forgot/route";
import { POST as inviteRoute } from "@/app/api/invitations/route";
import { POST as resetLink } from "@/app/api/people/[id]/reset/route";
import { POST as reset } from "@/app/api/reset/route";
import { hasMailFailed, send } from "@/lib/account/mail/send";
import { invitedAs } from "@/lib/account/people/invitations";
import { db } from "@/lib/base/db";
import type { Mail } from "../setup/mailbox";
import { OWNER, signedIn, signedInAs } from "./access-helpers";

const HERE = "https://clicks.example.com";

const { mails, stop } = await vi.hoisted(async () => {
  const { startMailbox } = await import("../setup/mailbox");
  const mails: Mail[] = [];
  const { url, stop } = await startMailbox(mails);
  Object.assign(process.env, {
    PUBLIC_URL: "https://clicks.example.com",
    SMTP_URL: url,
    MAIL_FROM: "no-reply@example.com",
  });
  return { mails, stop };
});

afterAll(stop);

let owner = { cookie: "" };

beforeEach(async () => {
  mails.length = 0;
  owner = await signedIn();
});

/** A request that claims to have come for another host, from which links must not be made. */
function request(path: string, method: string, body: unknown, headers: Record<string, string> = owner): Request {
  const sent = {
    ...headers,
    host: "evil.example",
    "x-forwarded-host": "evil.example",
    "content-type": "application/json",
  };
  return new Request(`http://evil.example${path}`, { method, headers: sent, body: JSON.stringify(body) });
}

function form(path: string, fields: Record<string, string>, address = "203.0.113.5"): Request {
  const headers = { accept: "application/json", "x-forwarded-for": address };
  return new Request(`http://evil.example${path}`, { method: "POST", headers, body: new URLSearchParams(fields) });
}

const tokenIn = (text: string, path: string): string => {
  const link = new RegExp(`^${HERE}${path}\\?token=(\\S+)$`, "m").exec(text);
  return link?.[1] ?? "";
};

const settled = (count: number) => vi.waitFor(() => expect(mails).toHaveLength(count), { timeout: 10_000 });

test("an invitation is mailed to its address alone, and opens what the link opens", async () => {
  const made = await inviteRoute(
    request("/api/invitations", "POST", { email: "anna@example.com", rights: { role: "viewer" } }),
    {},
  );
  expect(await made.json()).toMatchObject({ isMailed: true });
  const [mail] = mails;
  expect(mail).toMatchObject({ to: ["anna@example.com"], from: "no-reply@example.com" });
  expect(mail?.head).toMatch(/^Subject: Invitation to Footfall at clicks\.example\.com$/m);
  expect(mail?.head).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m);
  expect(mail?.text).toContain(`${OWNER.email} invites you`);
  expect(mail?.text).not.toContain("evil");
  expect(await invitedAs(tokenIn(mail?.text ?? "", "/join"))).toEqual({ email: "anna@example.com" });
  const without = await inviteRoute(request("/api/invitations", "POST", { rights: { role: "viewer" } }), {});
  expect(await without.json()).toMatchObject({ isMailed: null });
  expect(mails).toHaveLength(1);
});

test("a forgotten password is replaced by a mailed link, once, and its owner hears of it", async () => {
  const answer = await forgot(form("/api/forgot", { email: " Owner@Example.com " }), {});
  expect(await answer.json()).toEqual({ location: "/forgot?sent" });
  await settled(1);
  expect(mails[0]).toMatchObject({ to: [OWNER.email] });
  const token = tokenIn(mails[0]?.text ?? "", "/reset");
  const chosen = { token, password: "a new password", repeat: "a new password" };
  expect((await reset(form("/api/reset", chosen), {})).status).toBe(200);
  await settled(2);
  expect(mails[1]?.text).toContain(`The password of ${OWNER.email} was changed.`);
  expect(mails[1]?.text).not.toContain(chosen.password);
  expect((await reset(form("/api/reset", chosen), {})).status).toBe(422);
  expect(await db().session.count()).toBe(0);
});

test("nobody learns whether there is an account, and nobody's inbox is filled", async () => {
  // With an account but without a password, as a sign-in provider makes it.
  await db().user.create({ data: { id: "p", email: "by-provider@example.com", name: "p", role: "viewer" } });
  for (const email of [
    "nobody@example.com",
    "by-provider@example.com",
    ...Array.from({ length: 6 }, () => OWNER.email),
  ]) {
    const answer = await forgot(form("/api/forgot", { email }), {});
    expect([answer.status, await answer.json()]).toEqual([200, { location: "/forgot?sent" }]);
  }
  // The sixth has been looked at, and what was to be sent has been.
  const counted = () => db().attempt.findFirst({ where: { count: 6 } });
  await vi.waitFor(async () => expect(await counted()).not.toBeNull(), { timeout: 10_000 });
  await settled(4);
  const [explained, ...links] = mails.toSorted(
    (a, b) => Number(a.to[0] === OWNER.email) - Number(b.to[0] === OWNER.email),
  );
  expect(explained).toMatchObject({
    to: ["by-provider@example.com"],
    text: expect.stringContaining("It has no password"),
  });
  expect(tokenIn(explained?.text ?? "", "/reset")).toBe("");
  expect(links.map(({ to }) => to)).toEqual([1, 2, 3].map(() => [OWNER.email]));
  expect(await db().audit.count({ where: { action: "account.forget" } })).toBe(4);
  const bad = await forgot(form("/api/forgot", { email: "a@example.com, b@example.com" }), {});
  expect(await bad.json()).toMatchObject({ errors: { email: expect.stringMatching(/^Enter an email address/) } });
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => forgot(form("/api/forgot", { email: "x@example.com" }, "203.0.113.9"), {})),
  );
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
});

test("an admin's password link is mailed, and changes of an account are told to the address that it had", async () => {
  const { id, cookie } = await signedInAs({ role: "member" }, "ben@example.com");
  const made = await resetLink(request(`/api/people/${id}/reset`, "POST", {}), { params: Promise.resolve({ id }) });
  expect(await made.json()).toMatchObject({ isMailed: true });
  expect(mails[0]).toMatchObject({
    to: ["ben@example.com"],
    text: expect.stringContaining(`${OWNER.email} made a link`),
  });
  const change = { currentPassword: OWNER.password, email: "ben.new@example.com" };
  const own = new Request(`${HERE}/api/account`, {
    method: "PATCH",
    headers: { cookie, origin: HERE, "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  expect((await changeAccount(own, {})).status).toBe(200);
  await settled(2);
  expect(mails[1]).toMatchObject({ to: ["ben@example.com"], text: expect.stringContaining("to ben.new@example.com") });
});

test("a letter has one recipient, whatever is in its address or subject", async () => {
  expect(await send("anna@example.com", () => ({ subject: "a\r\nBcc: evil@example.com", text: "b" }))).toBe(true);
  expect(mails[0]).toMatchObject({ to: ["anna@example.com"] });
  expect(mails[0]?.head).not.toMatch(/^Bcc/im);
  expect(hasMailFailed()).toBe(false);
});

test("without the server for email the link is still made, and says so", async () => {
  await stop();
  const body = { email: "carl@example.com", rights: { role: "viewer" } };
  const made = await inviteRoute(request("/api/invitations", "POST", body), {});
  expect(made.status).toBe(201);
  expect(await made.json()).toMatchObject({ isMailed: false, token: expect.stringMatching(/.{20}/) });
  expect(hasMailFailed()).toBe(true);
});
