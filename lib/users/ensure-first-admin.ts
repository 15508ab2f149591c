import "server-only";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { assertGoodAdminPassword } from "@/lib/core/admin-password";
import { type Env, env } from "@/lib/core/env";
import type { Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { hasAdmin, lockFirstAdmin } from "./admins";
import { issueLink } from "./one-time-links";
import { hashPassword } from "./password";

type Input = Pick<Env, "ADMIN_USER" | "ADMIN_PASSWORD" | "APP_URL"> & Partial<Pick<Env, "DEMO_USERS" | "PORT">>;

/**
 * At start: make sure that there is an administrator. Returns the one-time set-up link to print, or null if there is an
 * admin.
 *
 * - ADMIN_USER and ADMIN_PASSWORD name an admin, created if there is no such user. Password, role and state of an
 *   existing user are left unchanged, so that a forgotten variable never undoes a change made in the console; except
 *   when there is no active admin at all: then that user becomes one, with that password.
 * - Without them, if there is no active admin: a link to create the first one; earlier links become invalid.
 *
 * A password that nobody could choose (lib/core/password-rule.ts) makes no user: EnvError, which says why and not what it is.
 * The launcher has looked before (server/launcher/check-first-admin.ts); a user may have gone since.
 *
 * A lost admin password is replaced by starting once with another ADMIN_USER.
 */
export async function ensureFirstAdmin({ ctx, input = env() }: { ctx: Ctx; input?: Input }): Promise<string | null> {
  const { ADMIN_USER, ADMIN_PASSWORD, DEMO_USERS } = input;
  if (!ADMIN_USER || !ADMIN_PASSWORD) {
    const path = await ctx.db.transaction(async (tx) => {
      await lockFirstAdmin(tx);
      return (await hasAdmin(tx)) ? null : (await issueLink(tx, { userId: null, at: ctx.now(), by: null })).path;
    });
    return path && new URL(path, input.APP_URL ?? `http://localhost:${input.PORT}`).href;
  }
  const passwordHash = await hashPassword(ADMIN_PASSWORD);
  const assertGood = (username: string) => assertGoodAdminPassword(ADMIN_PASSWORD, username);
  await ctx.db.transaction(async (tx) => {
    await lockFirstAdmin(tx);
    const created = await createIfMissing(tx, ctx, { username: ADMIN_USER, role: "admin", passwordHash });
    const restored = !created && !(await hasAdmin(tx));
    if (restored) await restoreAdmin(tx, ctx, { username: ADMIN_USER, passwordHash });
    if (created || restored) await assertGood(ADMIN_USER);
    if (!DEMO_USERS) return;
    for (const role of ["support", "operator"] as const)
      if (await createIfMissing(tx, ctx, { username: role, role, passwordHash })) await assertGood(role);
  });
  return null;
}

type NewUser = { username: string; role: Role; passwordHash: string };

async function createIfMissing(tx: Tx, ctx: Ctx, newUser: NewUser): Promise<boolean> {
  const [created] = await tx
    .insert(user)
    .values({ ...newUser, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: user.id });
  if (!created) return false;
  const detail = { username: newUser.username, role: newUser.role };
  await recordAudit(tx, ctx, { action: "user.created", targetKind: "user", targetId: created.id, detail });
  return true;
}

async function restoreAdmin(tx: Tx, ctx: Ctx, newUser: Omit<NewUser, "role">): Promise<void> {
  const [found] = await tx
    .update(user)
    .set({ role: "admin", disabledAt: null, passwordHash: newUser.passwordHash })
    .where(eq(sql`lower(${user.username})`, newUser.username.toLowerCase()))
    .returning({ id: user.id });
  if (!found) return;
  const detail = { username: newUser.username };
  await recordAudit(tx, ctx, { action: "user.restored", targetKind: "user", targetId: found.id, detail });
}
