import "server-only";
import type { Role } from "@/lib/core/roles";

/** A user as they are, and what others (or a claim of their provider) did to their account since the moment asked about, oldest first. */
export type AccountHistory = {
  id: string;
  role: Role;
  disabledAt: Date | null;
  /** A password, or the provider of single sign-on. */
  canSignIn: boolean;
  changes: readonly AccountChange[];
  /** Whether somebody else made the link by which their password was set since. */
  linkUsed: boolean;
};
/** `from`: the role before, of a change of role. */
export type AccountChange = { action: string; from: Role | null };

/** Made, changed, disabled or enabled: whether they were an administrator who could act followed from these. */
export const ACCOUNT_CHANGES = [
  "user.created",
  "user.role_changed",
  "user.disabled",
  "user.enabled",
  "second_factor.reset",
] as const;

const isActiveAdmin = ({ role, disabledAt, canSignIn }: AccountHistory): boolean =>
  role === "admin" && disabledAt === null && canSignIn;

/** Whether they could act as an administrator at that moment, by undoing what others did since. */
export function wasAdminAt(user: AccountHistory, moment: Date): boolean {
  const first = user.changes.find(({ action }) => action !== "second_factor.reset");
  if (!first) return isActiveAdmin(user);
  if (!user.canSignIn) return false;
  const roleBefore = user.changes.find(({ from }) => from !== null)?.from ?? user.role;
  if (first.action === "user.disabled") return roleBefore === "admin";
  const enabled = user.disabledAt === null || user.disabledAt > moment;
  return first.action === "user.role_changed" && roleBefore === "admin" && enabled;
}

/** Whether they were an administrator at that moment and are one still, and nobody else touched their account since. */
export const standsSince = (user: AccountHistory, moment: Date): boolean =>
  wasAdminAt(user, moment) && user.changes.length === 0 && !user.linkUsed;

/** Whether they are an administrator, or somebody else took that away since. */
export const isOrWasAdmin = ({ role, changes }: AccountHistory): boolean =>
  role === "admin" || changes.some(({ from }) => from === "admin");
