/**
 * Ends PostgreSQL when the launcher is gone without having done so. The launcher holds the other end of our standard
 * input and writes the identity of each PostgreSQL it starts, one a line; when the pipe closes, the last one is stopped:
 * softly at first, so that a console that is finishing its calls keeps its connections, then for good.
 */
import { createInterface } from "node:readline";
import { isSameProcess } from "./process-identity.ts";
import { stopProcess } from "./stop-process.ts";
import { waitUntil } from "./wait-until.ts";

const softMs = 35_000;
let current = "";

// A terminal's Ctrl-C and a service manager's SIGTERM reach the whole group; the launcher decides, not we.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) current = line.trim();

if (current && isSameProcess(current)) {
  process.kill(Number.parseInt(current, 10), "SIGTERM");
  await waitUntil(() => !isSameProcess(current), softMs);
  await stopProcess(current, "SIGINT", 60_000);
}
