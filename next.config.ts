import type { NextConfig } from "next";

/** Nothing is framed, sniffed or leaked to a link that somebody follows out of the dashboard. */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks types, with the test tools that a production install leaves out.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@duckdb/node-api", "pg", "pg-copy-streams", "pino", "prom-client"],
  turbopack: {
    resolveAlias: { "victory-vendor/d3-scale": "./components/charts/scales.ts" },
  },
  // No picture is made smaller here, so nobody can have it done.
  images: { unoptimized: true },
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};

export default config;
