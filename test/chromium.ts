import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium as playwright } from "@playwright/test";
import { LaunchError } from "../server/process/launch-error.ts";

const known = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** How each package manager installs a Chromium (and a font with Chinese characters). */
const managers = [
  {
    tool: "apt-get",
    steps: [
      ["update", "-q"],
      ["install", "-y", "-q", "chromium", "fonts-noto-cjk"],
    ],
  },
  { tool: "dnf", steps: [["install", "-y", "-q", "chromium", "google-noto-sans-cjk-fonts"]] },
  { tool: "apk", steps: [["add", "-q", "chromium", "font-noto-cjk"]] },
];

/**
 * Path of a Chromium that runs: the one in CHROMIUM, an installed one, Playwright's own (downloaded if need be), or, as
 * root, one from the system's package manager. Throws {@link LaunchError} when none of these works.
 */
export function findChromium(log: (line: string) => void): string {
  const wanted = process.env.CHROMIUM;
  if (wanted) {
    if (runs(wanted)) return wanted;
    throw new LaunchError(`CHROMIUM names ${wanted}, which does not run.`);
  }
  const found = installedChromium();
  if (found) return found;

  log("Installing Chromium for the browser journeys …");
  const cli = fileURLToPath(new URL("../node_modules/.bin/playwright", import.meta.url));
  spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "ignore", timeout: 300_000 });
  const downloaded = installedChromium();
  if (downloaded) return downloaded;

  for (const { tool, steps } of process.getuid?.() === 0 ? managers : []) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const step of steps) spawnSync(tool, step, { stdio: "ignore", env, timeout: 600_000 });
    const packaged = installedChromium();
    if (packaged) return packaged;
  }
  throw new LaunchError(
    "No Chromium was found, Playwright's could not be downloaded and the system's package manager brought none: " +
      "install Chromium yourself and name it in CHROMIUM.",
  );
}

/** Path of a Chromium that runs here already; nothing is downloaded. */
export function installedChromium(): string | undefined {
  return [playwright.executablePath(), ...known].find(runs);
}

function runs(path: string): boolean {
  return existsSync(path) && spawnSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}
