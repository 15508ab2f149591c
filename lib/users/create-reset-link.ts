import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { lockUser } from "./lock-user";
import { issueLink } from "./one-time-links";
import type { LinkToHandOver, userIdSchema } from "./schemas";

type Call = { ctx: Ctx; input: z.output<typeof userIdSchema> };

/**
 * A one-time link with which a person sets a new password; the old password and the sessions hold until it is used,
 * his earlier links don't. AppErrors "not_found", "conflict" (disabled).
 */
export async function createResetLink({ ctx, input }: Call): Promise<LinkToHandOver> {
  return ctx.db.transaction(async (tx) => {
    const whose = await lockUser(tx, input.userId);
    if (whose.disabled) throw new AppError("conflict", "user_disabled");
    const link = await issueLink(tx, { userId: whose.id, at: ctx.now() });
    const detail = { username: whose.username };
    await recordAudit(tx, ctx, { action: "user.reset_link_made", targetKind: "user", targetId: whose.id, detail });
    return { username: whose.username, path: link.path, expiresAt: link.expiresAt.toISOString() };
  });
}
