import "server-only";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { passkey } from "@/lib/db/schema";
import { callerOf } from "./caller";
import { dropOrphanedCodes } from "./drop-orphaned-codes";
import type { removePasskeySchema } from "./schemas";

type Call = { ctx: Ctx; input: z.output<typeof removePasskeySchema> };

/** Remove one of the caller's passkeys. */
export async function removePasskey({ ctx, input }: Call): Promise<null> {
  const { id: userId, name: username } = callerOf(ctx);
  return ctx.db.transaction(async (tx) => {
    const own = and(eq(passkey.id, input.passkeyId), eq(passkey.userId, userId));
    const [removed] = await tx.delete(passkey).where(own).returning({ name: passkey.name });
    if (!removed) return null;
    await dropOrphanedCodes(tx, userId);
    const entry = { targetKind: "user", targetId: userId, detail: { username, passkey: removed.name } };
    await recordAudit(tx, ctx, { action: "second_factor.passkey_removed", ...entry });
    return null;
  });
}
