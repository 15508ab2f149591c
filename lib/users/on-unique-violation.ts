import "server-only";
import { AppError } from "@/lib/core/errors";

/** For `.catch`: a second user of one name becomes a complaint about that field; anything else goes on up. */
export function onUniqueViolation(error: unknown): never {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const constraint = typeof cause === "object" && cause !== null && "constraint" in cause ? cause.constraint : null;
  if (constraint === "user_username_key") {
    throw new AppError("bad_input", "bad_input", { fields: { username: "name_taken" } });
  }
  throw error;
}
