import "server-only";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";
import { shuttingDown } from "./process-slots";

type State = { count: number; stopping: boolean; idle: (() => void)[] };
const slot = sharedSlot<State>("in-flight");
const state = (): State => {
  slot.value ??= { count: 0, stopping: false, idle: [] };
  return slot.value;
};

/** Run something that a shutdown must not interrupt. Refused, with nothing started, once the process is stopping. */
export async function inFlight<T>(work: () => Promise<T>): Promise<T> {
  const s = state();
  if (s.stopping || shuttingDown.value) throw new AppError("unavailable", "shutting_down");
  s.count++;
  try {
    return await work();
  } finally {
    s.count--;
    if (s.count === 0) for (const resolve of s.idle.splice(0)) resolve();
  }
}

/** Refuse new work; resolves when what is running has ended. */
export function stopAndWait(): Promise<void> {
  const s = state();
  s.stopping = true;
  return s.count === 0 ? Promise.resolve() : new Promise((resolve) => s.idle.push(resolve));
}
