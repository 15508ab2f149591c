import "server-only";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";

/** Throws AppError "conflict" where SECOND_FACTOR=off. */
export function assertOffered(): void {
  if (env().SECOND_FACTOR === "off") throw new AppError("conflict", "second_factor_off");
}
