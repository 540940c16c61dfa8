import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { EntryPage } from "@/components/access/entry-page";
import { safeNext } from "@/lib/access/next-path";
import { isSetUp, readViewer } from "@/lib/access/session";
import { text } from "@/lib/text/entry";
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
