import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { openText } from "@/lib/core/app-keys";
import { AppError } from "@/lib/core/errors";
import { totpContext } from "@/lib/core/sealing";
import { totp } from "@/lib/db/schema";
import { lockUser } from "../lock-user";
import { callerOf } from "./caller";
import { countRecoveryCodes, issueRecoveryCodes } from "./recovery-codes";
import type { confirmTotpSchema } from "./schemas";
import { acceptedStep } from "./totp-code";

/** New recovery codes, shown once; null if the user has some already. */
export type NewRecoveryCodes = { recoveryCodes: string[] | null };

type Call = { ctx: Ctx; input: z.output<typeof confirmTotpSchema> };

/**
 * Confirm the app that {@link beginTotp} began with one of its codes. AppErrors "bad_input" (field `code`), "conflict"
 * (confirmed already), "expired" (nothing was begun).
 */
export async function confirmTotp({ ctx, input }: Call): Promise<NewRecoveryCodes> {
  const { id: userId, name } = callerOf(ctx);
  return ctx.db.transaction(async (tx) => {
    // One change at a time, so that two don't each make recovery codes.
    await lockUser(tx, userId);
    const [row] = await tx.select().from(totp).where(eq(totp.userId, userId)).for("update");
    if (!row) throw new AppError("expired", "enrolment_expired");
    if (row.confirmedAt) throw new AppError("conflict", "second_factor_exists");
    const at = ctx.now();
    const step = acceptedStep(openText(row.secret, totpContext(userId)), input.code, at, null);
    if (step === null) throw new AppError("bad_input", "bad_input", { fields: { code: "wrong_code" } });
    await tx.update(totp).set({ confirmedAt: at, lastStep: step }).where(eq(totp.userId, userId));
    const has = await countRecoveryCodes(tx, userId);
    const recoveryCodes = has ? null : await issueRecoveryCodes(tx, { userId, at });
    const entry = { targetKind: "user", targetId: userId, detail: { username: name } };
    await recordAudit(tx, ctx, { action: "second_factor.app_added", ...entry });
    return { recoveryCodes };
  });
}
