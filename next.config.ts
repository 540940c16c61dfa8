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
  serverExternalPackages: ["pg", "pino"],
  headers: async () => [
    { source: "/:path*", headers: SECURITY_HEADERS },
    { source: "/flags/:path*", headers: [{ key: "Cache-Control", value: "public, max-age=604800" }] },
  ],
};

export default config;
