/**
 * Every bound of the console, measured in one run: `npm run bench`, or `npm run bench -- sync-stall …` for some parts.
 * Options like `--million` go to every part. Each part is a process of its own, one after the other. The last line is "N passed, N failed", and so is the exit
 * code.
 */
import { fork } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { memoryFlags } from "../server/launcher/start-console.ts";
import { type Measured, passes } from "./measured.ts";
import { tableOf } from "./table.ts";

const PARTS = [
  "cards-query",
  "find",
  "sync-stall",
  "keys-throughput",
  "console",
  "server-time",
  "memory",
  "telemetry",
  "ten-users",
  "browser",
  "hostile-load",
] as const;

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const options = process.argv.slice(2).filter((each) => each.startsWith("--"));
const asked = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const unknown = asked.find((name) => !PARTS.some((part) => part === name));
if (unknown) {
  console.error(`There is no part ${unknown}; there are ${PARTS.join(", ")}.`);
  process.exit(1);
}

const measured: Measured[] = [];
const broken: string[] = [];
console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
for (const part of PARTS.filter((name) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n── ${part} (load ${loadavg()[0]?.toFixed(1)})`);
  const { code, results } = await run(part);
  measured.push(...results);
  if (code !== 0 || results.length === 0) broken.push(part);
}

const failed = measured.filter((each) => !passes(each)).length + broken.length;
console.log(`\n${tableOf(measured)}\n`);
for (const part of broken) console.log(`${part} broke off: its bounds count as one that failed.`);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${measured.length + broken.length - failed} passed, ${failed} failed`);

async function run(part: string): Promise<{ code: number | null; results: Measured[] }> {
  const results: Measured[] = [];
  const child = fork(here(`${part}.ts`), options, {
    // With the console's flags: what a part keeps in memory is then what the console would.
    execArgv: [...memoryFlags.flags, "--conditions=react-server", "--import", here("aliases.ts")],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.on("message", (message: Measured[]) => results.push(...message));
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, results };
}
