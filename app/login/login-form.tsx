"use client";

import { text } from "@/components/access/text";
import { useEntryForm } from "@/components/access/use-entry-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

export function LoginForm({ next }: { next: string }) {
  const { refusal, pending, form } = useEntryForm("/api/sign-in");
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="next" value={next} />
      <Field label={text.email} name="email" type="email" autoComplete="username" required autoFocus />
      <Field label={text.password} name="password" type="password" autoComplete="current-password" required />
      <p role="alert" className="text-danger empty:hidden">
        {refusal.message}
      </p>
      <Button type="submit" disabled={pending}>
        {pending ? text.login.pending : text.login.submit}
      </Button>
    </form>
  );
}
