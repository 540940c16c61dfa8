import { expect } from "vitest";
import { GET as end } from "@/app/api/auth/callback/oidc/route";
import { GET as begin } from "@/app/api/sign-in/provider/route";
import { passProvider } from "../setup/oidc-browser";
import { cookieOf } from "./access-helpers";

/** PUBLIC_URL of tests with a sign-in provider. */
export const HERE = "http://localhost:3999";
export const CALLBACK = `${HERE}/api/auth/callback/oidc`;

/** Begins a sign-in. @returns where it leads, and the cookies of the browser */
export async function begun(next = "/"): Promise<{ location: string; cookie: string }> {
  const answer = await begin(new Request(`${HERE}/api/sign-in/provider?${new URLSearchParams({ next })}`), {});
  expect(answer.status).toBe(303);
  return { location: answer.headers.get("location") ?? "", cookie: cookieOf(answer.headers.getSetCookie()) };
}

export type Came = { location: string; cookie: string };

/** Comes back from the provider with a browser's cookies. */
export async function back(url: string, cookie: string): Promise<Came> {
  const answer = await end(new Request(url, { headers: { cookie } }), {});
  expect(answer.status).toBe(303);
  return { location: answer.headers.get("location") ?? "", cookie: cookieOf(answer.headers.getSetCookie()) };
}

/** The whole way, as somebody with this name there. */
export async function signInAs(name: string, next = "/", session = ""): Promise<Came> {
  const { location, cookie } = await begun(next);
  return back(await passProvider(location, CALLBACK, name), `${cookie}; ${session}`);
}
