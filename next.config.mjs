/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // `npm test` checks types, with the test tools that a production install leaves out.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@duckdb/node-api", "pg", "pg-copy-streams", "pino", "prom-client"],
  turbopack: {
    resolveAlias: { "victory-vendor/d3-scale": "./components/charts/scales.ts" },
  },
  // No picture is made smaller here, so nobody can have it done.
  images: { unoptimized: true },
};

export default config;
