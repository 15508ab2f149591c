/**
 * Ends PostgreSQL when the launcher is gone without having done so. The launcher holds the other end of our standard
 * input and writes the identity of each PostgreSQL it starts, one a line. When the pipe closes, the last one is stopped:
 * first by SIGTERM, which lets a console that finishes its calls keep its connections, then by SIGINT, which does not.
 */
import { createInterface } from "node:readline";
import { isSameProcess } from "../process/process-identity.ts";
import { stopProcess } from "../process/stop-process.ts";
import { waitUntil } from "../process/wait-until.ts";

const finishMs = 35_000;
let current = "";

// A service manager may signal all processes at once; when PostgreSQL ends is the launcher's decision.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) current = line.trim();

if (current && isSameProcess(current)) {
  process.kill(Number.parseInt(current, 10), "SIGTERM");
  await waitUntil(() => !isSameProcess(current), finishMs);
  await stopProcess(current, "SIGINT", 60_000);
}
