import "server-only";

/** What a log line may hold of an error. */
type LoggedError = {
  type: string;
  message: string;
  stack?: string;
  /** SQLSTATE or an error code of Node's, and what of the database it is about. */
  code?: string;
  constraint?: string;
  cause?: LoggedError | string;
};

const DEPTH = 5;

/**
 * An error for the log. A failed query is told without its parameters, which are phones, codes and password hashes, and
 * without PostgreSQL's detail, which quotes rows: only its statement, its code and its constraint.
 */
export function logError(error: unknown, depth = DEPTH): LoggedError | string {
  if (!(error instanceof Error)) return typeof error === "string" ? error : Object.prototype.toString.call(error);
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const { cause } = error;
  return {
    type: error.name,
    message: withoutParams(error, error.message),
    ...(error.stack && { stack: withoutParams(error, error.stack) }),
    ...(typeof code === "string" && { code }),
    ...(typeof constraint === "string" && { constraint }),
    ...(cause !== undefined && depth > 0 && { cause: logError(cause, depth - 1) }),
  };
}

const isFailedQuery = (error: unknown, depth = DEPTH): boolean =>
  error instanceof Error &&
  (("params" in error && "query" in error) || (depth > 0 && isFailedQuery(error.cause, depth - 1)));

/** Next prints a page's errors to the console by itself: there, too, a failed query goes without its parameters. */
export function keepParamsOffConsole(): void {
  const print = console.error;
  console.error = (...words: unknown[]) => print(...words.map((word) => (isFailedQuery(word) ? logError(word) : word)));
}

/** drizzle writes "Failed query: …\nparams: …" into the message, and the message into the stack. */
function withoutParams(error: Error, text: string): string {
  return "params" in error && "query" in error
    ? text.replaceAll(error.message, `Failed query: ${String(error.query)}`)
    : text;
}
