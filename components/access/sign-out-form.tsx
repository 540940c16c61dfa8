import type { ReactNode } from "react";

const ADDRESS = "/api/sign-out";

/** A form that ends this browser's session. */
export function SignOutForm({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <form action={ADDRESS} method="post" className={className}>
      {children}
    </form>
  );
}

/** Ends the session without a form. */
export function signOut(): void {
  const form = document.createElement("form");
  form.action = ADDRESS;
  form.method = "post";
  document.body.append(form);
  form.submit();
}
