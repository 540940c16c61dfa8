import { GeistSans } from "geist/font/sans";
import localFont from "next/font/local";

/** Codes and keys come late and are few: unlike the text's, their font does not hold up the first paint. */
const mono = localFont({
  src: "../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
  fallback: ["ui-monospace", "monospace"],
});

/** Both fonts as variables for the style sheet, from our own files. */
export const FONTS = `${GeistSans.variable} ${mono.variable}`;
