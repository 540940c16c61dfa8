import type { Metadata } from "next";
import { CodeForm } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { TextLink } from "@/components/ui/link";
import { safeNext } from "@/lib/account/next-path";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function Code({ searchParams }: Props) {
  const { next } = await searchParams;
  return (
    <EntryPage
      title="One more step"
      intro={
        <>
          Enter the code that your app shows for Footfall, or <TextLink href="/login">start again</TextLink>.
        </>
      }
    >
      <CodeForm next={safeNext([next].flat()[0])} />
    </EntryPage>
  );
}
