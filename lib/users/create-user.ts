import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { assertFreeName } from "./assert-free-name";
import { assertHasRole } from "./assert-has-role";
import { onUniqueViolation } from "./on-unique-violation";
import { issueLink } from "./one-time-links";
import type { createUserSchema, LinkToHandOver } from "./schemas";

type Call = { ctx: Ctx; input: z.output<typeof createUserSchema> };

/**
 * Create a user without a password, and the one-time link to set it. AppError "bad_input" if the name is taken
 * or looks like another.
 */
export async function createUser({ ctx, input }: Call): Promise<LinkToHandOver> {
  const { username, role } = input;
  return ctx.db.transaction(async (tx) => {
    await assertHasRole(tx, ctx.actor, "admin");
    await assertFreeName(tx, username);
    const [created] = await tx
      .insert(user)
      .values({ username, role, createdAt: ctx.now() })
      .returning({ id: user.id })
      .catch(onUniqueViolation);
    if (!created) throw new AppError("internal");
    const link = await issueLink(tx, { userId: created.id, at: ctx.now(), by: ctx.actor.id });
    const entry = { action: "user.created", targetKind: "user", targetId: created.id, detail: { username, role } };
    await recordAudit(tx, ctx, entry);
    return { username, path: link.path, expiresAt: link.expiresAt.toISOString() };
  });
}
