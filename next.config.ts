import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks types, with the test tools that a production install leaves out.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@duckdb/node-api", "nodemailer", "pg", "pg-copy-streams", "pino", "prom-client"],
  turbopack: {
    resolveAlias: { "victory-vendor/d3-scale": "./components/charts/scales.ts" },
  },
  // Node would read those of every file that the server loads, which Next then doesn't use for what it logs.
  experimental: { turbopackSourceMaps: false },
  // Every browser gets titles with the page. As Next streams them by default, a page that refreshes has none for a while.
  htmlLimitedBots: /.*/,
  // No picture is made smaller here, so nobody can have it done.
  images: { unoptimized: true },
};

export default config;
