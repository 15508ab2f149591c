import "server-only";
import type { CallTrace } from "./types";

/**
 * The upstream's own message, if it sent one. Only an answer that was read has one: every other message (an error code,
 * what was wrong with the answer) is ours and must not be shown as the upstream's.
 */
export function upstreamMessage(message: string | undefined, trace: CallTrace | null): string | null {
  const wasRead = trace !== null && (trace.fault === null || trace.fault === "unlisted_failure");
  return (wasRead && message) || null;
}
