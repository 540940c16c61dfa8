import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { THEME_COOKIE, themeOf } from "@/lib/base/theme";
import "./globals.css";

/** Code and keys are few and appear late: their font doesn't delay the first paint. */
const mono = localFont({
  src: "../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
  fallback: ["ui-monospace", "monospace"],
});

export const metadata: Metadata = {
  title: { default: "Footfall", template: `%s · Footfall` },
  description: "Click analytics for short links",
  robots: { index: false, follow: false },
};

const COLORS = { light: "#f5f6f3", dark: "#0b100e" };

const readTheme = async () => themeOf((await cookies()).get(THEME_COOKIE)?.value);

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  if (theme !== "system") return { themeColor: COLORS[theme] };
  return {
    themeColor: (["light", "dark"] as const).map((scheme) => ({
      media: `(prefers-color-scheme: ${scheme})`,
      color: COLORS[scheme],
    })),
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await readTheme();
  return (
    // Choosing another theme changes the attribute before the server knows.
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${mono.variable}`} suppressHydrationWarning>
      <body className="min-h-dvh font-sans text-sm">{children}</body>
    </html>
  );
}
