import type { NextConfig } from "next";

/** Nothing is framed, sniffed or leaked to a link that somebody follows out of the dashboard. */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

/** A proxy may change the host: forms sent from the public address are still our own. Read at start, not at build. */
const { PUBLIC_URL = "" } = process.env;

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks types, with the test tools that a production install leaves out.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@duckdb/node-api", "pg", "pg-copy-streams", "pino", "prom-client"],
  turbopack: {
    resolveAlias: { "victory-vendor/d3-scale": "./components/charts/scales.ts" },
  },
  experimental: { serverActions: { allowedOrigins: URL.canParse(PUBLIC_URL) ? [new URL(PUBLIC_URL).host] : [] } },
  headers: async () => [
    { source: "/:path*", headers: SECURITY_HEADERS },
    ...["/flags/:path*", "/icons/:path*"].map((source) => ({
      source,
      headers: [{ key: "Cache-Control", value: "public, max-age=604800" }],
    })),
  ],
};

export default config;
