import { readFileSync } from "node:fs";

/** Clock ticks of Linux, for every program. */
const TICK_MS = 10;

/** Processor time that a process has used so far, ms. Linux only. */
export function processorMs(pid: number): number {
  // The name before it, in brackets, may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return TICK_MS * (Number(fields[11]) + Number(fields[12]));
}
