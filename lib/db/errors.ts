import "server-only";
import { AppError } from "@/lib/core/errors";

/** What PostgreSQL or its connection said, from under drizzle's wrapper. Empty strings: it said nothing of the kind. */
function reported(error: unknown): { code: string; constraint: string } {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const fields: { code?: unknown; constraint?: unknown } = typeof cause === "object" && cause !== null ? cause : {};
  return { code: String(fields.code ?? ""), constraint: String(fields.constraint ?? "") };
}

/** Whether a unique index, by name, refused a row. */
export function violates(error: unknown, uniqueIndex: string): boolean {
  const { code, constraint } = reported(error);
  return code === "23505" && constraint === uniqueIndex;
}

/** Whether a lock was not to be had: taken (`nowait`), or a deadlock in which this transaction was the one to end. */
export const isLockFault = (error: unknown): boolean => ["55P03", "40P01"].includes(reported(error).code);

/**
 * Whether the same statement may succeed later. SQLSTATE classes 08 (connection), 25 (a standby that does not write yet),
 * 40 (rollback), 53 (resources), 57 (shutdown, cancel), or no SQLSTATE at all, as the socket's own EPIPE: every SQLSTATE
 * we may meet has a digit.
 */
export function isConnectionFault(error: unknown): boolean {
  if (error instanceof AppError || error instanceof TypeError || error instanceof RangeError) return false;
  const { code } = reported(error);
  return !/^(?=.*\d)[0-9A-Z]{5}$/.test(code) || /^(08|25|40|53|57)/.test(code);
}
