import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { isRoleByClaim } from "./identities";
import { lockUser } from "./lock-user";
import { issueLink } from "./one-time-links";
import type { LinkToHandOver, userIdSchema } from "./schemas";

type Call = { ctx: Ctx; input: z.output<typeof userIdSchema> };

/**
 * Create a one-time link to set a new password. The old password and sessions stay valid until it is used; earlier
 * links become invalid. Its user and every administrator see that it was made and used (list-links.ts). AppErrors "not_found", "conflict" (disabled, or the
 * provider of single sign-on decides their role).
 */
export async function createResetLink({ ctx, input }: Call): Promise<LinkToHandOver> {
  return ctx.db.transaction(async (tx) => {
    const target = await lockUser(tx, input.userId);
    if (target.disabled) throw new AppError("conflict", "user_disabled");
    if (await isRoleByClaim(tx, target.id)) throw new AppError("conflict", "comes_by_provider");
    const link = await issueLink(tx, { userId: target.id, at: ctx.now(), by: ctx.actor.id });
    const detail = { username: target.username };
    await recordAudit(tx, ctx, { action: "user.reset_link_made", targetKind: "user", targetId: target.id, detail });
    return { username: target.username, path: link.path, expiresAt: link.expiresAt.toISOString() };
  });
}
