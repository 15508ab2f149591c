/**
 * The one error class. `code` is the kind of error and decides the HTTP status; `key` names the message in
 * messages/<language>/errors.json; `details` holds an upstream's message, as text.
 */
export type ErrorCode =
  | "bad_input"
  | "not_signed_in"
  | "forbidden"
  /** Who it is must be proved again first; nothing was done. Params: `by`, the kind of proof. */
  | "proof_required"
  | "not_found"
  | "conflict"
  | "busy"
  | "expired"
  | "too_many"
  | "paused"
  | "not_configured"
  | "upstream"
  | "unavailable"
  | "internal";

export const httpStatusOf: Record<ErrorCode, number> = {
  bad_input: 400,
  not_signed_in: 401,
  forbidden: 403,
  proof_required: 403,
  not_found: 404,
  conflict: 409,
  busy: 409,
  expired: 410,
  too_many: 429,
  paused: 423,
  not_configured: 503,
  // Not 502: by that a console that stops tells the proxy to leave it alone (server/launcher/drain-first.ts).
  upstream: 424,
  unavailable: 503,
  internal: 500,
};

export type ErrorParams = Record<string, string | number>;

/** An error as the browser gets it. `key` is a message under "errors"; unknown text is allowed in `details` only. */
export type PublicError = {
  code: ErrorCode;
  key: string;
  params?: ErrorParams;
  /** Field name → message key under "errors". */
  fields?: Record<string, string>;
  /** The upstream's message, redacted, shown as text. */
  details?: string;
  requestId?: string;
};

type Extra = Omit<PublicError, "code" | "key" | "requestId"> & { cause?: unknown };

export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly key: string;
  readonly params: ErrorParams | undefined;
  readonly fields: Record<string, string> | undefined;
  readonly details: string | undefined;

  constructor(code: ErrorCode, key: string = code, extra: Extra = {}) {
    super(`${code}: ${key}`, { cause: extra.cause });
    this.code = code;
    this.key = key;
    this.params = extra.params;
    this.fields = extra.fields;
    this.details = extra.details;
  }
}

/**
 * Turn anything thrown into what the browser may see. Unknown errors become "internal"; their text is for the log only.
 */
export function toPublicError(error: unknown, requestId?: string): PublicError {
  if (!(error instanceof AppError)) return { code: "internal", key: "internal", requestId };
  return {
    code: error.code,
    key: error.key,
    ...(error.params && { params: error.params }),
    ...(error.fields && { fields: error.fields }),
    ...(error.details && { details: error.details }),
    requestId,
  };
}
