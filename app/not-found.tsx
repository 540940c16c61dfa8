import Link from "next/link";
import { text } from "@/components/ui/failures-text";

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-center gap-3 px-4 text-center">
      <h1 className="font-semibold text-2xl tracking-tight">{text.notFound.title}</h1>
      <p className="text-muted">{text.notFound.why}</p>
      <Link href="/" className="mt-2 font-medium text-accent hover:underline">
        {text.notFound.overview}
      </Link>
    </main>
  );
}
