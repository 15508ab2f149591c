import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { hasAdmin, lockFirstAdmin } from "./admins";
import { assertFreeName } from "./assert-free-name";
import { assertGoodPassword } from "./assert-good-password";
import { forgetDevices } from "./known-devices";
import { onUniqueViolation } from "./on-unique-violation";
import { consumeLink, findLink, revokeLinks } from "./one-time-links";
import { hashPassword } from "./password";
import { revokeSessions } from "./revoke-sessions";
import type { redeemLinkSchema } from "./schemas";
import { askedSecondFactor } from "./second-factor/read-second-factor";
import { resetAttempts } from "./sign-in-throttle";

type Input = z.output<typeof redeemLinkSchema>;

/**
 * Consume a one-time link: create the first admin, or set a user's password and end all their sessions. Of concurrent
 * redemptions one succeeds. AppErrors: "expired" (used, invalid, too old, or there is an administrator already),
 * "bad_input".
 */
export async function redeemLink({ ctx, input }: { ctx: Ctx; input: Input }): Promise<{ username: string }> {
  // Checked before hashing, so that made-up tokens cost nothing.
  const open = await findLink(ctx.db, input.token, ctx.now());
  if (!open) throw new AppError("expired", "link_expired");
  const username = await nameOf(ctx, open.userId, input);
  const secondFactor = open.userId !== null && (await askedSecondFactor(ctx.db, open.userId)) !== null;
  await assertGoodPassword({ password: input.password, username, secondFactor });
  const passwordHash = await hashPassword(input.password);
  return ctx.db.transaction(async (tx) => {
    await lockFirstAdmin(tx);
    const link = await consumeLink(tx, input.token, { at: ctx.now(), from: ctx.ip });
    if (!link) throw new AppError("expired", "link_expired");
    return link.userId
      ? setPassword(tx, ctx, { userId: link.userId, passwordHash })
      : createFirstAdmin(tx, ctx, { username: input.username, passwordHash });
  });
}

/** Whose password it will be; the first administrator chooses a name with it. */
async function nameOf(ctx: Ctx, userId: string | null, { username = "" }: Input): Promise<string> {
  if (!userId) return username;
  const [found] = await ctx.db.select({ name: user.username }).from(user).where(eq(user.id, userId));
  return found?.name ?? "";
}

type NewAdmin = { username: string | undefined; passwordHash: string };

async function createFirstAdmin(tx: Tx, ctx: Ctx, { username, passwordHash }: NewAdmin): Promise<{ username: string }> {
  if (await hasAdmin(tx)) throw new AppError("expired", "link_expired");
  if (!username) throw new AppError("bad_input", "bad_input", { fields: { username: "required" } });
  await assertFreeName(tx, username);
  const [created] = await tx
    .insert(user)
    .values({ username, role: "admin", passwordHash, createdAt: ctx.now() })
    .returning({ id: user.id })
    .catch(onUniqueViolation);
  if (!created) throw new AppError("internal");
  const actor = { id: created.id, name: username, role: "admin" as const, sessionId: null };
  const detail = { username, role: "admin", by: "setup_link" };
  await recordAudit(
    tx,
    { ...ctx, actor },
    { action: "user.created", targetKind: "user", targetId: created.id, detail },
  );
  return { username };
}

type NewPassword = { userId: string; passwordHash: string };

async function setPassword(tx: Tx, ctx: Ctx, { userId, passwordHash }: NewPassword): Promise<{ username: string }> {
  const [updated] = await tx
    .update(user)
    .set({ passwordHash })
    .where(and(eq(user.id, userId), isNull(user.disabledAt)))
    .returning({ username: user.username, role: user.role });
  if (!updated) throw new AppError("expired", "link_expired");
  const at = ctx.now();
  const sessions = await revokeSessions(tx, { userId, at });
  await forgetDevices(tx, { userId });
  await revokeLinks(tx, { userId, at });
  await resetAttempts(tx, { username: updated.username, ip: ctx.ip });
  const actor = { id: userId, name: updated.username, role: updated.role, sessionId: null };
  const entry = {
    action: "user.password_set",
    targetKind: "user",
    targetId: userId,
    detail: { username: updated.username, sessionsEnded: sessions, by: "link" },
  };
  await recordAudit(tx, { ...ctx, actor }, entry);
  return { username: updated.username };
}
