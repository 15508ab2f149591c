import "server-only";
import type { CallTrace } from "./types";

/**
 * What the upstream itself said, if it did: only an answer that was read has words of its own, and everything else a
 * message may hold (an error's code, what was wrong with the answer) is ours.
 */
export function upstreamWords(message: string | undefined, trace: CallTrace | null): string | null {
  const said = trace !== null && (trace.fault === null || trace.fault === "unlisted_failure");
  return (said && message) || null;
}
