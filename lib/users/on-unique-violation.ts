import "server-only";
import { AppError } from "@/lib/core/errors";
import { violates } from "@/lib/db/errors";

/** For `.catch`: a taken username becomes an error of that field; any other error is rethrown. */
export function onUniqueViolation(error: unknown): never {
  if (!violates(error, "user_username_key")) throw error;
  throw new AppError("bad_input", "bad_input", { fields: { username: "name_taken" } });
}
