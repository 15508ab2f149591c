import "server-only";
import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import { type Ctx, SYSTEM } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { identity, user } from "@/lib/db/schema";
import { assertAnotherAdmin } from "../admins";
import { assertFreeName } from "../assert-free-name";
import { lockUser } from "../lock-user";
import type { PauseBatches } from "../pause-batches";
import { newUsernameSchema } from "../schemas";
import { setRole } from "../set-role";
import { stopAccess } from "../stop-access";
import type { ProviderClaims } from "./read-claims";

type Coming = { claims: ProviderClaims; pauseBatches: PauseBatches };
/** Why somebody may not come in: nobody invited them, their role is gone, or they are disabled. */
type Refused = "not_invited" | "no_role" | "disabled";
type Admitted = { userId: string; refused: null } | { userId: string | null; refused: Refused };

/**
 * Whom the provider named, as a user: found by issuer and subject, never by a name or an address; or created, if their role
 * claim stands for a role. It brings the role claim's users to their role of today, and stops those who have none left.
 */
export async function admit(tx: Tx, ctx: Ctx, { claims, pauseBatches }: Coming): Promise<Admitted> {
  const known = await findIdentity(tx, claims);
  if (!known) return claims.role ? create(tx, ctx, { ...claims, role: claims.role }) : REFUSED;
  const { userId } = known;
  const role = known.roleByClaim ? claims.role : undefined;
  // Before the user's own row, so that admins are always locked in the same order.
  const keepsRole = role !== undefined && role !== "admin" && (await isLastAdmin(tx, userId));
  const target = await lockUser(tx, userId);
  if (target.disabled) return { userId, refused: "disabled" };
  const system = { ...ctx, actor: SYSTEM };
  if (role === null) {
    const { sessionsEnded, pausedBatches } = await stopAccess(tx, system, { userId, pauseBatches });
    const detail = { username: target.username, sessionsEnded, pausedBatches, by: "claim" };
    if (sessionsEnded || pausedBatches)
      await recordAudit(tx, system, { action: "user.access_stopped", targetKind: "user", targetId: userId, detail });
    return { userId, refused: "no_role" };
  }
  if (role && !keepsRole) await setRole(tx, system, { target, role, pauseBatches, by: "claim" });
  const seen = { label: claims.label, lastUsedAt: ctx.now() };
  await tx.update(identity).set(seen).where(isSame(claims));
  return { userId, refused: null };
}

const REFUSED: Admitted = { userId: null, refused: "not_invited" };

type Subject = Pick<ProviderClaims, "issuer" | "subject">;
const isSame = ({ issuer, subject }: Subject) => and(eq(identity.issuer, issuer), eq(identity.subject, subject));

async function findIdentity(tx: Tx, claims: Subject): Promise<{ userId: string; roleByClaim: boolean } | null> {
  const { userId, roleByClaim } = identity;
  const [found] = await tx.select({ userId, roleByClaim }).from(identity).where(isSame(claims));
  return found ?? null;
}

/** Whether this is the only local administrator, whom no claim takes the role from. */
async function isLastAdmin(tx: Tx, userId: string): Promise<boolean> {
  const [found] = await tx.select({ role: user.role, hash: user.passwordHash }).from(user).where(eq(user.id, userId));
  if (found?.role !== "admin" || found.hash === null) return false;
  return assertAnotherAdmin(tx, userId).then(() => false, asFault);
}

/** True for the refusal of a rule; any other error is rethrown. */
function asFault(error: unknown): true {
  if (error instanceof AppError) return true;
  throw error;
}

async function create(tx: Tx, ctx: Ctx, claims: ProviderClaims & { role: Role }): Promise<Admitted> {
  const { role, issuer, subject, label } = claims;
  const username = await freeName(tx, claims);
  // Names are made one after another: whoever was first at this sign-in has made the user.
  const meanwhile = await findIdentity(tx, claims);
  if (meanwhile) return { userId: meanwhile.userId, refused: null };
  const at = ctx.now();
  const [created] = await tx.insert(user).values({ username, role, createdAt: at }).returning({ id: user.id });
  if (!created) throw new AppError("internal");
  const userId = created.id;
  await tx
    .insert(identity)
    .values({ userId, issuer, subject, label, roleByClaim: true, createdAt: at, lastUsedAt: at });
  const actor = { id: userId, name: username, role, sessionId: null };
  const detail = { username, role, by: "claim", identity: label };
  const entry = { action: "user.created", targetKind: "user", targetId: userId, detail };
  await recordAudit(tx, { ...ctx, actor }, entry);
  return { userId, refused: null };
}

/** A name nobody has and nobody's looks like: the provider's, or one made of the subject. */
async function freeName(tx: Tx, { names, issuer, subject }: ProviderClaims): Promise<string> {
  const made = `user-${createHash("sha256").update(`${issuer} ${subject}`).digest("hex").slice(0, 8)}`;
  for (const name of [...names, made]) {
    const username = newUsernameSchema.safeParse(name).data;
    if (username && !(await assertFreeName(tx, username).then(() => false, asFault))) return username;
  }
  throw new AppError("conflict", "name_taken");
}
