import "server-only";
import { AppError } from "@/lib/core/errors";
import { toDatabaseFault } from "@/lib/db/errors";
import { ProviderAway } from "./provider-fetch";

/** What is said of a way to the provider that failed: a refusal of our own, or why the provider's answer is none. */
export function toSingleSignOnRefusal(failure: unknown): AppError {
  if (failure instanceof AppError) return failure;
  // First: of a provider that is away the same socket errors come as of the database.
  if (isAway(failure)) return new AppError("unavailable", "single_sign_on_away", { cause: failure });
  const fault = toDatabaseFault(failure);
  if (fault) return fault;
  return new AppError("upstream", "single_sign_on_failed", { cause: failure });
}

const isAway = (failure: unknown): boolean =>
  failure instanceof ProviderAway || (failure instanceof Error && isAway(failure.cause));
