import "server-only";
import { AppError } from "@/lib/core/errors";
import { isLockFault, violates } from "@/lib/db/errors";

/** A database error that kept a draft from becoming an intent, as an AppError. Any unlisted one: the journal can't be written. */
export function toIntentError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (violates(error, "operation_retry_key")) return new AppError("conflict", "already_retried");
  if (violates(error, "operation_reverses_key")) return new AppError("conflict", "already_reversed");
  if (violates(error, "operation_merge_key")) return new AppError("conflict", "already_merged");
  if (isLockFault(error)) return new AppError("busy", "card_busy_now", { cause: error });
  return new AppError("unavailable", "journal_unavailable", { cause: error });
}
