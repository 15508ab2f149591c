import "server-only";
import type { CallTrace, Fault, RefusalReason, WriteOutcome } from "./types";

/** What one answer says, before it is known whether the call was a read or a write. */
export type Verdict<T> =
  | { kind: "done"; data: T }
  | { kind: "refused"; reason: RefusalReason; message: string }
  | { kind: "fault"; fault: Fault; message: string };

export const fault = (name: Fault, message: string): Verdict<never> => ({ kind: "fault", fault: name, message });

/**
 * The meaning of a write's single call. Without a usable answer it is "not sent" only if the connection never opened;
 * in every other case the upstream may have acted, and the outcome is unknown.
 */
export function toOutcome<T>(verdict: Verdict<T>, trace: CallTrace): WriteOutcome<T> {
  if (verdict.kind === "done") return { kind: "done", data: verdict.data, trace };
  if (verdict.kind === "refused") return { ...verdict, trace };
  const told = { ...trace, fault: verdict.fault };
  if (trace.phase === "connecting") return { kind: "not_sent", fault: verdict.fault, trace: told };
  return { kind: "unknown", fault: verdict.fault, message: verdict.message, trace: told };
}
