import "server-only";
import type { Actor } from "@/lib/context";
import { allows, type Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { assertHasRole } from "./assert-has-role";

/** The role that may move calls or create keys. */
const WRITER: Role = "operator";

export const mayWrite = (role: Role): boolean => allows(role, WRITER);

/**
 * Call inside the transaction that advances an operation: the role was checked when the request arrived, up to a minute
 * ago. Waits for a concurrent change of the user. Throws AppError "forbidden". An operation without a
 * user (null) is the system's own.
 */
export const assertMayWrite = (tx: Pick<Tx, "select">, actor: Pick<Actor, "id">): Promise<void> =>
  assertHasRole(tx, actor, WRITER);
