import "server-only";
import type { Tx } from "@/lib/db/client";
import type { ResetKind } from "../schemas";
import { isOrWasAdmin, standsSince, wasAdminAt } from "./admin-history";
import { readAccountHistories } from "./read-account-histories";

/**
 * How long it takes until a change of who is an administrator counts for resets. Otherwise one person makes an
 * administrator who asks or approves, or takes the role from who could approve or from whose account it is.
 */
const SETTLING_MS = 24 * 3_600_000;

/**
 * What a reset needs. `nobody`: a second person's approval, and there is no second administrator. `mayAsk`: whether the
 * actor may ask for one.
 */
export type ResetNeed = { need: "nothing" | "nobody" | "approval"; mayAsk: boolean; approverIds: readonly string[] };

type Reset = {
  kind: ResetKind;
  actorId: string | null;
  userId: string;
  /** When it is carried out or was asked for. */
  at: Date;
};

/**
 * Whether a reset needs a second administrator's approval, and who may give it: anybody's second factor, and the password
 * of another administrator. An account that nobody can sign in to yet has nothing to be taken.
 */
export async function readResetNeed(tx: Pick<Tx, "select">, { kind, actorId, userId, at }: Reset): Promise<ResetNeed> {
  const nothing: ResetNeed = { need: "nothing", mayAsk: false, approverIds: [] };
  if (actorId === null || actorId === userId) return nothing;
  const since = new Date(at.getTime() - SETTLING_MS);
  const users = await readAccountHistories(tx, since);
  const target = users.find(({ id }) => id === userId);
  if (kind === "password_reset" && !(target?.canSignIn && isOrWasAdmin(target))) return nothing;
  const others = users.filter(({ id }) => id !== actorId && id !== userId);
  if (!others.some((user) => wasAdminAt(user, since))) return { ...nothing, need: "nobody" };
  const approverIds = others.filter((user) => standsSince(user, since)).map(({ id }) => id);
  const mayAsk = users.some((user) => user.id === actorId && standsSince(user, since));
  return { need: "approval", mayAsk, approverIds };
}
