import "server-only";
import { AppError } from "@/lib/core/errors";
import { violates } from "@/lib/db/errors";

/** For `.catch`: a second user of one name becomes a complaint about that field; anything else goes on up. */
export function onUniqueViolation(error: unknown): never {
  if (!violates(error, "user_username_key")) throw error;
  throw new AppError("bad_input", "bad_input", { fields: { username: "name_taken" } });
}
