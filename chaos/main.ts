/**
 * `npm run chaos -- --seed N --kills K …`: people and faults, all out of one seed, against the production build on two
 * processes and one database, with kills at random instants; then both sides' accounts are compared. The sandbox runs
 * in this process, which nobody kills. The last line is "N passed, N failed".
 */
import { fileURLToPath } from "node:url";
import { buildConsole } from "../server/build-console.ts";
import { readOptions } from "./options.ts";
import { runChaos } from "./run-chaos.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

// A run that is broken off still ends everything it has started.
const breakOff = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => breakOff.abort());

try {
  const words = process.argv.slice(2);
  const options = readOptions(words);
  await buildConsole(root, console.log);
  const { passed, failed } = await runChaos(options, root, console.log, breakOff.signal);
  const seed = words.includes("--seed") ? [] : ["--seed", options.seed];
  if (failed > 0) console.log(`\nAgain: npm run chaos -- ${[...words, ...seed].join(" ")}`);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
  console.log("0 passed, 1 failed");
}
