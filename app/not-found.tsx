import { TextLink } from "@/components/ui/link";

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-center gap-3 px-4 text-center">
      <h1 className="font-semibold text-2xl tracking-tight">Page not found</h1>
      <p className="text-muted">The URL may be mistyped, or this link has no events yet.</p>
      <TextLink href="/">Go to the overview</TextLink>
    </main>
  );
}
