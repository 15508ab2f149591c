import "server-only";

/** What a log line may hold of an error. */
type LoggedError = {
  type: string;
  message: string;
  stack?: string;
  /** A SQLSTATE or a Node.js error code, and the constraint it names. */
  code?: string;
  constraint?: string;
  cause?: LoggedError | string;
};

const DEPTH = 5;

/**
 * An error for the log. A failed query is logged without its parameters, which may be phones, codes or password hashes,
 * and without PostgreSQL's detail, which quotes rows: only its statement, its code and its constraint.
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

/** Next prints page errors to the console itself; this keeps the parameters of failed queries out of that, too. */
export function keepParamsOffConsole(): void {
  const print = console.error;
  console.error = (...args: unknown[]) => print(...args.map((arg) => (isFailedQuery(arg) ? logError(arg) : arg)));
}

/** drizzle writes "Failed query: …\nparams: …" into the message, and the message into the stack. */
function withoutParams(error: Error, text: string): string {
  return "params" in error && "query" in error
    ? text.replaceAll(error.message, `Failed query: ${String(error.query)}`)
    : text;
}
