/**
 * The one error family. A code says what kind of thing went wrong (and so which HTTP status and which way out);
 * a key names the sentence in messages/<language>/errors.json under "errors"; details carry an upstream's own words, as text.
 */
export type ErrorCode =
  | "bad_input"
  | "not_signed_in"
  | "forbidden"
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
  not_found: 404,
  conflict: 409,
  busy: 409,
  expired: 410,
  too_many: 429,
  paused: 423,
  not_configured: 503,
  upstream: 502,
  unavailable: 503,
  internal: 500,
};

export type ErrorParams = Record<string, string | number>;

/** What the browser is told. `key` is a message under "errors"; unknown text never gets here except in `details`. */
export type PublicError = {
  code: ErrorCode;
  key: string;
  params?: ErrorParams;
  /** Field name → message key under "errors". */
  fields?: Record<string, string>;
  /** An upstream's own words, redacted, shown as text under "details". */
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

/** Translate anything thrown into what the browser may see. Unknown errors become "internal" and keep their text to the log. */
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
