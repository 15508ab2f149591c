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

/**
 * Whether the same statement may succeed later. SQLSTATE classes 08 (connection), 25 (a read-only standby), 40
 * (rollback), 53 (resources) and 57 (shutdown, cancel), or no SQLSTATE at all, as a socket's EPIPE: every SQLSTATE that
 * can occur has a digit.
 */
export function isConnectionFault(error: unknown): boolean {
  if (error instanceof AppError || error instanceof TypeError || error instanceof RangeError) return false;
  const { code } = reported(error);
  return !/^(?=.*\d)[0-9A-Z]{5}$/.test(code) || /^(08|25|40|53|57)/.test(code);
}
