import "server-only";
import { AppError } from "@/lib/core/errors";

/** A database error that kept a draft from becoming an intent, as an AppError. Any unlisted one: the journal can't be written. */
export function toIntentError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : "";
  const constraint = typeof cause === "object" && cause !== null && "constraint" in cause ? cause.constraint : "";
  if (code === "23505" && constraint === "operation_retry_key") return new AppError("conflict", "already_retried");
  if (code === "55P03" || code === "40P01") return new AppError("busy", "card_busy_now", { cause: error });
  return new AppError("unavailable", "journal_unavailable", { cause: error });
}
