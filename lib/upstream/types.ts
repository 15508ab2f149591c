/** What the console knows of its upstreams, whichever of the three it is. Safe for the browser. */

export type UpstreamName = "espai" | "potato" | "talkbot";

/**
 * How far a call got. `connecting` is the only phase that proves nothing was sent: `secureConnect` (on plain http
 * `connect`) never fired. From `connected` on, the other side may have acted.
 */
export type CallPhase = "connecting" | "connected" | "headers" | "body" | "complete";

/** Why a call has no usable answer. Data for the journal and the screen, not a sentence. */
export type Fault =
  | "connection_failed"
  | "timeout"
  | "reset"
  | "cut"
  | "too_large"
  | "redirect"
  | "http_status"
  | "not_json"
  | "wrong_shape"
  | "bad_signature"
  | "clock_skew"
  | "unlisted_failure"
  | "circuit_open"
  | "not_configured";

/** The record of one call, fit for the journal: it holds no API key, token, secret or full card key. */
export type CallTrace = {
  upstream: UpstreamName;
  path: string;
  phase: CallPhase;
  /** HTTP status, if headers came. */
  status: number | null;
  startedAt: Date;
  endedAt: Date;
  ms: number;
  /** First 2 KB of the answer, redacted; empty if there was none. */
  body: string;
  /** How far the upstream's clock is ahead of ours, by the answer's Date header, to the second; null without one. */
  clockOffsetMs: number | null;
  fault: Fault | null;
};

/** Why an upstream refused. What maps its messages and codes to these is data: each client's refusals.ts. */
export type RefusalReason =
  | "missing_parameter"
  | "key_refused"
  | "no_permission"
  | "insufficient_balance"
  | "card_not_found"
  | "trial_card"
  | "not_allowed"
  | "too_many_keys"
  | "signature_refused"
  | "clock_skew";

/** Outcome of the single call of a write. Only `done`, `refused` and `not_sent` are definite. */
export type WriteOutcome<T> =
  | { kind: "done"; data: T; trace: CallTrace }
  | { kind: "refused"; reason: RefusalReason; message: string; trace: CallTrace }
  | { kind: "not_sent"; fault: Fault; trace: CallTrace }
  | {
      kind: "unknown";
      fault: Fault;
      message: string;
      trace: CallTrace;
      /** The upstream said that it refused, but what was read then contradicts that, or could not be read. */
      refusal?: RefusalReason;
    };

/** Seen on screen. `retryInMs` counts down while the breaker is open. */
export type BreakerState = { state: "closed" | "open" | "half_open"; failuresInARow: number; retryInMs: number };

/** A row that could not be read. It is shown as such; it never drops the list, and is never taken for a missing card. */
export type UnreadableRow = {
  /** Place in the answer, from 0. */
  index: number;
  /** The row's id, if that much could be read. */
  id: string | null;
  /** The first field that stopped it; "row" when it is not an object at all. */
  field: string;
};
