/**
 * `npm run chaos -- --seed N --kills K …`: clients, faults and kills, all decided by one seed, against the production
 * build with two consoles on one database; then everything recorded on both sides is checked. The sandbox runs in this
 * process, which is never killed. The last line is "N passed, N failed".
 */
import { fileURLToPath } from "node:url";
import { buildConsole } from "../server/build/build-console.ts";
import { readOptions } from "./options.ts";
import { runChaos } from "./run-chaos.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

// An interrupted run still stops everything it has started.
const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupted.abort());

try {
  const argv = process.argv.slice(2);
  const options = readOptions(argv);
  await buildConsole(root, console.log);
  const { passed, failed } = await runChaos(options, root, console.log, interrupted.signal);
  const seed = argv.includes("--seed") ? [] : ["--seed", options.seed];
  if (failed > 0) console.log(`\nAgain: npm run chaos -- ${[...argv, ...seed].join(" ")}`);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
  console.log("0 passed, 1 failed");
}
