/**
 * The whole check: static checks, unit and integration tests on a throw-away PostgreSQL, browser journeys and a small
 * chaos run against a production build. Every step runs whatever became of the one before. The last line is
 * "N passed, N failed", and the exit code says the same.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { buildConsole } from "../server/build/build-console.ts";
import { findChromium } from "./chromium.ts";
import { atLeastOne, type Counts, lastLineCounts, playwrightCounts, vitestCounts } from "./counts.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "cardesk-reports-"));
const totals: [string, Counts][] = [];

const hasJourneys = existsSync(join(root, "e2e/playwright.config.ts")) && hasSpecs(join(root, "e2e"));
const hasChaos = existsSync(join(root, "chaos/main.ts"));

await step("format, lint and import zones", () => tool("biome", ["check", "."]));
await step("paths named in documents", async () => {
  const { code } = await run([join(root, "scripts/check-doc-links.ts")]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
});
await step("types", () => tool("tsc", ["--noEmit", "-p", ".", "--incremental", "false"]));
await step("unit and integration tests", async () => {
  const report = join(reports, "vitest.json");
  const argv = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run([bin("vitest"), ...argv]);
  return atLeastOne(vitestCounts(report), code);
});
if (hasJourneys || hasChaos) {
  const built = await step("production build", async () => {
    await buildConsole(root, console.log);
    return { passed: 1, failed: 0 };
  });
  if (built && hasJourneys) await step("browser journeys", journeys);
  if (built && hasChaos) {
    await step("chaos", async () => {
      const { code, output } = await run(
        ["--conditions=react-server", join(root, "chaos/main.ts"), "--small"],
        {},
        true,
      );
      const counts = lastLineCounts(output);
      return atLeastOne(code === 0 && counts.passed === 0 ? { passed: 1, failed: 0 } : counts, code);
    });
  }
}

rmSync(reports, { recursive: true, force: true });
console.log();
for (const [name, { failures = [] }] of totals)
  for (const failure of failures) console.log(`FAILED ${name}: ${stripVTControlCharacters(failure).slice(0, 1_500)}\n`);
for (const [name, { passed, failed }] of totals) console.log(`${name}: ${passed} passed, ${failed} failed`);
const sum = (key: "passed" | "failed") => totals.reduce((total, [, counts]) => total + counts[key], 0);
process.exitCode = sum("failed") === 0 ? 0 : 1;
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);

/** Run one step and count it; a step that throws is one failure. True when nothing in it failed. */
async function step(name: string, work: () => Promise<Counts>): Promise<boolean> {
  console.log(`\n── ${name}`);
  let counts: Counts;
  try {
    counts = await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counts = { passed: 0, failed: 1 };
  }
  totals.push([name, counts]);
  return counts.failed === 0;
}

async function tool(name: string, argv: string[]): Promise<Counts> {
  const { code } = await run([bin(name), ...argv]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function journeys(): Promise<Counts> {
  const report = join(reports, "playwright.json");
  const env = { CHROMIUM: findChromium(console.log), PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const argv = ["test", "-c", "e2e/playwright.config.ts", "--reporter=list,json"];
  const { code } = await run([bin("playwright"), ...argv], env);
  return atLeastOne(playwrightCounts(report), code);
}

/** Run a Node program in the project; its output goes to ours, and comes back when asked for. */
async function run(
  argv: string[],
  env: Record<string, string> = {},
  keep = false,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, argv, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", keep ? "pipe" : "inherit", "inherit"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, output };
}

/** An installed tool's own script, which Node can run. */
function bin(name: string): string {
  return join(root, "node_modules", ".bin", name);
}

function hasSpecs(folder: string): boolean {
  return readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(".spec.ts"));
}
