import "server-only";
import type { Fault, RefusalReason } from "./types";

/** A complete answer before it is parsed. */
export type RawResponse = { status: number; text: string };

/** What one call brought, whether it was a read or a write. */
export type CallResult<T> =
  | { kind: "done"; data: T }
  | { kind: "refused"; reason: RefusalReason; message: string }
  | { kind: "failed"; fault: Fault; message: string };

/** What a client makes of its upstream's answers. Pure; if it throws all the same, the answer counts as unreadable. */
export type ParseResponse<T> = (response: RawResponse) => CallResult<T>;

export const failed = (fault: Fault, message: string): CallResult<never> => ({ kind: "failed", fault, message });

/** Under HTTP 4xx only a listed refusal is believed, anything else decides nothing. Null below 400. */
export function failedByStatus(status: number): CallResult<never> | null {
  return status >= 400 ? failed("http_status", `HTTP ${status}`) : null;
}
