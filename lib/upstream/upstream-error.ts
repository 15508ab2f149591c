import "server-only";
import { AppError } from "@/lib/core/errors";
import type { CallTrace, Fault, RefusalReason, UpstreamName } from "./types";
import { upstreamWords } from "./upstream-message";

/**
 * A read that brought no data. Code "upstream" ("not_configured" without a key); the sentence is
 * the locale’s upstream.json under the reason's name; details are the upstream's own words, redacted;
 * what we say of the call ourselves is the cause, for the log.
 */
export class UpstreamError extends AppError {
  override name = "UpstreamError";
  readonly upstream: UpstreamName;
  readonly reason: Fault | RefusalReason;
  /** The last call made; null when none was. */
  readonly trace: CallTrace | null;

  constructor(upstream: UpstreamName, reason: Fault | RefusalReason, words = "", trace: CallTrace | null = null) {
    const code = reason === "not_configured" ? "not_configured" : "upstream";
    const details = upstreamWords(words, trace);
    super(code, `upstream.${reason}`, { params: { upstream }, ...(details && { details }), cause: words || undefined });
    this.upstream = upstream;
    this.reason = reason;
    this.trace = trace;
  }
}
