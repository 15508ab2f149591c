import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: here("./") },
      // The package throws outside a bundler's "react-server" condition; its own empty module is what servers get.
      { find: /^server-only$/, replacement: here("./node_modules/server-only/empty.js") },
    ],
  },
  test: {
    include: ["{app,chaos,components,deploy,lib,sandbox,scripts,server,test}/**/*.test.{ts,tsx}"],
    globalSetup: here("./test/global-setup.ts"),
    // It imports "next/server" without its ending, which only a bundler finds.
    server: { deps: { inline: ["next-auth"] } },
    pool: "forks",
    maxWorkers: Math.max(2, availableParallelism()),
    // No bounds, only an end to what hangs: a machine with other work needs many times what a quiet one does.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 120_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
