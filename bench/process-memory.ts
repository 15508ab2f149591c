import { readdirSync, readFileSync } from "node:fs";

const MB = 1_000_000;

/** Resident memory of one process, MB. Linux only. */
export function residentMb(pid: number): number {
  return kilobytes(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB/m) / MB;
}

/** Memory of a process and its children, what they share counted once (proportional set size), MB. Linux only. */
export function proportionalMb(pid: number): number {
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  const all = [String(pid), ...children];
  return all.reduce((sum, one) => sum + kilobytes(`/proc/${one}/smaps_rollup`, /^Pss:\s+(\d+) kB/m), 0) / MB;
}

function kilobytes(file: string, pattern: RegExp): number {
  const found = pattern.exec(readFileSync(file, "utf8"))?.[1];
  if (!found) throw new Error(`${file} does not say`);
  return Number(found) * 1024;
}

function parentOf(pid: string): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return null;
  }
}
