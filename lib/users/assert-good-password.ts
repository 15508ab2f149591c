import "server-only";
import { AppError } from "@/lib/core/errors";
import { type Candidate, passwordFault } from "@/lib/core/password-rule";

/** Throws AppError "bad_input" (field `password`) if a password can't be chosen. */
export async function assertGoodPassword(candidate: Candidate): Promise<void> {
  const fault = await passwordFault(candidate);
  if (!fault) return;
  // What the form says has the number in it.
  const key = fault === "password_too_short" && candidate.secondFactor ? "password_too_short_12" : fault;
  throw new AppError("bad_input", "bad_input", { fields: { password: key } });
}
