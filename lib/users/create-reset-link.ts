import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { lockAdmins } from "./admins";
import { assertHasRole } from "./assert-has-role";
import { isRoleByClaim } from "./identities";
import { lockResettable } from "./lock-resettable";
import { issueLink } from "./one-time-links";
import { consumeResetApproval } from "./reset-approval/consume-reset-approval";
import type { LinkToHandOver, userIdSchema } from "./schemas";

type Call = { ctx: Ctx; input: z.output<typeof userIdSchema> };

/**
 * Create a one-time link to set a new password. The old password and sessions stay valid until it is used; earlier
 * links become invalid. Its user and every administrator see that it was made and used (list-links.ts). Another
 * administrator's needs an approval. AppErrors "not_found", "forbidden", "conflict" (disabled, the provider of single
 * sign-on decides their role, or see consumeResetApproval).
 */
export async function createResetLink({ ctx, input }: Call): Promise<LinkToHandOver> {
  return ctx.db.transaction(async (tx) => {
    await lockAdmins(tx);
    await assertHasRole(tx, ctx.actor, "admin");
    const target = await lockResettable(tx, ctx, { kind: "password_reset", userId: input.userId });
    if (await isRoleByClaim(tx, target.id)) throw new AppError("conflict", "comes_by_provider");
    const approval = await consumeResetApproval(tx, ctx, { kind: "password_reset", target });
    const link = await issueLink(tx, { userId: target.id, at: ctx.now(), by: ctx.actor.id });
    const detail = { username: target.username, ...approval };
    await recordAudit(tx, ctx, { action: "user.reset_link_made", targetKind: "user", targetId: target.id, detail });
    return { username: target.username, path: link.path, expiresAt: link.expiresAt.toISOString() };
  });
}
