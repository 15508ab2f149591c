import "server-only";
import { AppError } from "@/lib/core/errors";
import type { CallTrace, Fault, RefusalReason, UpstreamName } from "./types";
import { upstreamMessage } from "./upstream-message";

/**
 * A read that brought no data. Code "upstream" ("not_configured" without a key); the sentence is the locale’s
 * upstream.json under the reason's name; details are the upstream's own message, redacted. `message` may be ours too,
 * so the log alone gets it, as the cause.
 */
export class UpstreamError extends AppError {
  override name = "UpstreamError";
  readonly upstream: UpstreamName;
  readonly reason: Fault | RefusalReason;
  /** The last call made; null when none was. */
  readonly trace: CallTrace | null;
  /**
   * Set if no call was made because our own breaker or queue refused it: in how many ms it may be tried again. It says
   * nothing of the upstream.
   */
  readonly retryInMs: number | null;

  constructor(
    upstream: UpstreamName,
    reason: Fault | RefusalReason,
    message = "",
    trace: CallTrace | null = null,
    retryInMs: number | null = null,
  ) {
    const code = reason === "not_configured" ? "not_configured" : "upstream";
    const details = upstreamMessage(message, trace);
    const cause = message || undefined;
    super(code, `upstream.${reason}`, { params: { upstream }, ...(details && { details }), cause });
    this.upstream = upstream;
    this.reason = reason;
    this.trace = trace;
    this.retryInMs = retryInMs;
  }
}
