import "server-only";
import type { CallResult } from "../call-result";
import type { CallTrace, WriteOutcome } from "../types";

/**
 * The meaning of a write's single call. Without a usable answer it is "not sent" only if the connection never opened;
 * in every other case the upstream may have acted, and the outcome is unknown.
 */
export function toWriteOutcome<T>(result: CallResult<T>, trace: CallTrace): WriteOutcome<T> {
  if (result.kind === "done") return { kind: "done", data: result.data, trace };
  if (result.kind === "refused") return { ...result, trace };
  const { fault, message } = result;
  if (trace.phase === "connecting") return { kind: "not_sent", fault, trace };
  return { kind: "unknown", fault, message, trace };
}
