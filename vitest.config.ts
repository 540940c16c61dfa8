import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  resolve: { alias: { "@": path("."), "server-only": path("tests/setup/server-only.ts") } },
  test: {
    maxWorkers: 2,
    env: {
      SECRET_KEY: "a-secret-key-that-only-tests-use-0123456789",
      DUB_WEBHOOK_SECRET: "whsec_6f9f3a63705c44206ca655813bf91b61,whsec_second_live_secret_for_rotation",
      LOG_LEVEL: "silent",
      // Whatever the shell has set must not reach the tests; an empty variable counts as unset.
      ...Object.fromEntries(
        [
          "PORT",
          "DATABASE_URL",
          "CITUS_SHARDS",
          "DATA_DIR",
          "ADMIN_EMAIL",
          "ADMIN_PASSWORD",
          "PUBLIC_URL",
          "SETUP_TOKEN",
          "SIGN_IN_HEADER",
          "SIGN_IN_PROXIES",
          "SIGN_IN_ROLE",
        ].map((name) => [name, ""]),
      ),
    },
    setupFiles: ["tests/setup/console.ts"],
    // What is waited for comes late on a machine that is busy with something else.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          globalSetup: ["tests/setup/generated.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["tests/{db,api}/**/*.test.{ts,tsx}"],
          globalSetup: ["tests/setup/generated.ts", "tests/setup/template.ts"],
          setupFiles: ["tests/setup/database.ts", "tests/setup/documented.ts"],
          // On a machine that is busy with something else a property takes its time.
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "lifecycle",
          include: ["tests/lifecycle/**/*.test.ts"],
          globalSetup: ["tests/setup/generated.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: ["tests/setup/built.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
