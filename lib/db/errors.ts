import "server-only";
import { AppError } from "@/lib/core/errors";

/**
 * Code and constraint of an error of PostgreSQL or its connection, from under drizzle's wrapper; empty if it has none.
 */
function reported(error: unknown): { code: string; constraint: string } {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const fields: { code?: unknown; constraint?: unknown } = typeof cause === "object" && cause !== null ? cause : {};
  return { code: String(fields.code ?? ""), constraint: String(fields.constraint ?? "") };
}

/** Whether a row violated a unique index, by its name. */
export function violates(error: unknown, uniqueIndex: string): boolean {
  const { code, constraint } = reported(error);
  return code === "23505" && constraint === uniqueIndex;
}

/** Whether a lock was not available (`nowait`), or a deadlock ended this transaction. */
export const isLockFault = (error: unknown): boolean => ["55P03", "40P01"].includes(reported(error).code);

/** Whether a statement was ended by its time limit, or by whoever asked the server to. */
export const isCancelled = (error: unknown): boolean => reported(error).code === "57014";

/**
 * Whether the same statement may succeed later. SQLSTATE classes 08 (connection), 25 (a read-only standby), 40
 * (rollback), 53 (resources), 57 (shutdown, cancel) and 55P03 (a lock), or no SQLSTATE at all, as a socket's EPIPE: every SQLSTATE that
 * can occur has a digit.
 */
export function isConnectionFault(error: unknown): boolean {
  if (error instanceof AppError || error instanceof TypeError || error instanceof RangeError) return false;
  const { code } = reported(error);
  return !/^(?=.*\d)[0-9A-Z]{5}$/.test(code) || /^(08|25|40|53|55P03|57)/.test(code);
}

/** A server that is a standby (or was made one), shuts down or is gone: this connection to it is of no more use. */
export const isLostServer = (error: unknown): boolean => /^(08...|25006|57P..)$/.test(reported(error).code);

/**
 * Whether the plan of a named statement is stale: the type of a column it returns has changed, as by a newer console's
 * migration while this one still runs. Nothing of the statement was run.
 */
export const isStalePlan = (error: unknown): boolean => reported(error).code === "0A000";

/** A connection that leads to a standby: as the first write on it would say. */
export const asStandby = (): Error =>
  Object.assign(new Error("the database at this address is a standby"), { code: "25006" });

/** Statement completion unknown: the commit is done here, and perhaps on no other node. */
export const mayBeUnreplicated = (warning = ""): Error =>
  Object.assign(new Error(`the commit may not be replicated: ${warning}`), { code: "40003" });

/** A failed statement of the transaction was passed over: nothing of it is stored. Our own fault. */
export const wasRolledBack = (): Error =>
  Object.assign(new Error("the transaction had failed: its commit was a rollback"), { code: "XX000" });

/** What pg says of its connection in words alone: no code comes with them. */
const AWAY =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (has encountered a connection error|was closed) and is not queryable|Cannot use a pool after calling end)/;
/** Socket calls: the same codes also come from files. */
const SOCKET_CALLS = ["connect", "read", "write", "getaddrinfo"];
/** Connection, admin shutdown and crash, a statement's time limit, no connection left, a read-only standby, a full disk, an unreplicated commit. */
const AWAY_STATES = /^(08...|57...|53...|25006|40003|55P03)$/;

/**
 * The AppError "unavailable" of an error that says the database is away, starting, frozen or full: nothing is wrong with
 * the request. Null for any other error, also for one without a code that merely was thrown: that is our own fault.
 */
export function toDatabaseFault(error: unknown): AppError | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof AppError) return null;
    const { code, syscall }: { code?: unknown; syscall?: unknown } = at as NodeJS.ErrnoException;
    if (code === "53100") return new AppError("unavailable", "database_full", { cause: error });
    const byState = AWAY_STATES.test(String(code));
    if (byState || SOCKET_CALLS.includes(String(syscall)) || AWAY.test(at.message))
      return new AppError("unavailable", "database_away", { cause: error });
  }
  return null;
}
