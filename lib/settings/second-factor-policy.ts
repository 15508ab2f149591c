import { allows, type Role } from "@/lib/core/roles";

/** Who must have a second factor. */
export const SECOND_FACTOR_POLICIES = ["nobody", "admins", "operators", "everybody"] as const;
export type SecondFactorPolicy = (typeof SECOND_FACTOR_POLICIES)[number];

/** Whether a user with `role` must have a second factor. "operators" means operators and administrators. */
export function isSecondFactorRequired(policy: SecondFactorPolicy, role: Role): boolean {
  if (policy === "nobody") return false;
  if (policy === "everybody") return true;
  return allows(role, policy === "admins" ? "admin" : "operator");
}
