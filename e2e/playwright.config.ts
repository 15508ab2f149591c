import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { findChromium } from "../test/chromium.ts";

process.env.CHROMIUM ??= findChromium(console.log);
// A shared instance (E2E_LAUNCH_INFO) is shared by all tests: one that changes all of it would disturb the others.
const workers = process.env.E2E_LAUNCH_INFO ? 1 : 2;

export default defineConfig({
  testDir: ".",
  // Beside the journeys and not at the top, where the build would take it for a change of the sources.
  outputDir: "test-results",
  globalSetup: fileURLToPath(new URL("support/global-setup.ts", import.meta.url)),
  workers,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // No bounds, only an end to what hangs: a machine with other work needs many times what a quiet one does.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: "line",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      // Without a locale that knows UTF-8 it calls every file with a Chinese name "download".
      env: { ...process.env, LC_ALL: "C.UTF-8" },
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
    viewport: { width: 1366, height: 800 },
    // Its fetches pass by what a journey puts in the way of requests; e2e/unreachable.spec.ts allows it.
    serviceWorkers: "block",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    screenshot: "only-on-failure",
    trace: "off",
  },
});
