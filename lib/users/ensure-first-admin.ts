import "server-only";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { type Env, EnvError, env } from "@/lib/core/env";
import type { Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { hasAdmin, lockFirstAdmin } from "./admins";
import { issueLink } from "./one-time-links";
import { hashPassword } from "./password";
import { usernameSchema } from "./schemas";

type Input = Pick<Env, "ADMIN_USER" | "ADMIN_PASSWORD" | "APP_URL"> & Partial<Pick<Env, "DEMO_USERS" | "PORT">>;

/**
 * At start: see to it that somebody can administer this console. Returns the address of a one-time set-up link to
 * print, or null if there is an admin.
 *
 * - ADMIN_USER and ADMIN_PASSWORD name an admin: made if there is no such user. If there is, his password, role and
 *   state are left alone, so that a forgotten variable never undoes a change made in the console. The one exception
 *   keeps people from being locked out: when nobody can administer, that user becomes an admin with that password.
 * - Without them, and with nobody who can administer, a link to make the first admin; the links before it are void.
 *
 * A lost admin password is mended by starting once with another ADMIN_USER.
 */
export async function ensureFirstAdmin({ ctx, input = env() }: { ctx: Ctx; input?: Input }): Promise<string | null> {
  const { ADMIN_USER, ADMIN_PASSWORD, DEMO_USERS } = input;
  if (!ADMIN_USER || !ADMIN_PASSWORD) {
    const path = await ctx.db.transaction(async (tx) => {
      await lockFirstAdmin(tx);
      return (await hasAdmin(tx)) ? null : (await issueLink(tx, { userId: null, at: ctx.now() })).path;
    });
    return path && new URL(path, input.APP_URL ?? `http://localhost:${input.PORT}`).href;
  }
  const name = usernameSchema.safeParse(ADMIN_USER);
  if (!name.success) throw new EnvError("Bad configuration. ADMIN_USER: letters, digits and . _ @ - only");
  const passwordHash = await hashPassword(ADMIN_PASSWORD);
  await ctx.db.transaction(async (tx) => {
    await lockFirstAdmin(tx);
    const made = await makeUser(tx, ctx, { username: name.data, role: "admin", passwordHash });
    if (!made && !(await hasAdmin(tx))) await restoreAdmin(tx, ctx, { username: name.data, passwordHash });
    if (!DEMO_USERS) return;
    for (const role of ["support", "operator"] as const)
      await makeUser(tx, ctx, { username: role, role, passwordHash });
  });
  return null;
}

type Person = { username: string; role: Role; passwordHash: string };

async function makeUser(tx: Tx, ctx: Ctx, person: Person): Promise<boolean> {
  const [made] = await tx
    .insert(user)
    .values({ ...person, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: user.id });
  if (!made) return false;
  const detail = { username: person.username, role: person.role };
  await recordAudit(tx, ctx, { action: "user.created", targetKind: "user", targetId: made.id, detail });
  return true;
}

async function restoreAdmin(tx: Tx, ctx: Ctx, person: Omit<Person, "role">): Promise<void> {
  const [found] = await tx
    .update(user)
    .set({ role: "admin", disabledAt: null, passwordHash: person.passwordHash })
    .where(eq(sql`lower(${user.username})`, person.username.toLowerCase()))
    .returning({ id: user.id });
  if (!found) return;
  const detail = { username: person.username };
  await recordAudit(tx, ctx, { action: "user.restored", targetKind: "user", targetId: found.id, detail });
}
