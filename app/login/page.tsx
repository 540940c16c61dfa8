import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { EntryPage } from "@/components/access/entry-page";
import { text } from "@/components/access/text";
import { safeNext } from "@/lib/account/next-path";
import { isSetUp, readViewer } from "@/lib/account/session";
import { LoginForm } from "./login-form";

export const metadata: Metadata = { title: text.login.page };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function Login({ searchParams }: Props) {
  const { next } = await searchParams;
  const target = safeNext([next].flat()[0]);
  if (await readViewer(await headers())) redirect(target);
  if (!(await isSetUp())) redirect("/setup");
  return (
    <EntryPage title={text.login.title} intro={text.login.intro}>
      <LoginForm next={target} />
    </EntryPage>
  );
}
