import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  // Empty while generating or building, where no database is needed.
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
