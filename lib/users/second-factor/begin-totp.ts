import "server-only";
import { isNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { sealText } from "@/lib/core/app-keys";
import { AppError } from "@/lib/core/errors";
import { totpContext } from "@/lib/core/sealing";
import { totp } from "@/lib/db/schema";
import { assertOffered } from "./assert-offered";
import { callerOf } from "./caller";
import { describeTotp, newTotpSecret } from "./totp-code";

/** What to set an authenticator app up with. `secret` is base32, `qr` an SVG of `uri`. Shown once. */
export type TotpEnrolment = { secret: string; uri: string; qr: string };

/**
 * Begin to set up the caller's authenticator app; it counts once {@link confirmTotp} has seen a code. Beginning again
 * makes a new secret. AppErrors "conflict" (there is one), "not_configured" (no APP_KEYS to seal it under).
 */
export async function beginTotp({ ctx }: { ctx: Ctx }): Promise<TotpEnrolment> {
  assertOffered();
  const { id: userId, name } = callerOf(ctx);
  const secret = newTotpSecret();
  const row = { secret: sealText(secret, totpContext(userId)), createdAt: ctx.now() };
  const [begun] = await ctx.db
    .insert(totp)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: totp.userId, set: row, setWhere: isNull(totp.confirmedAt) })
    .returning({ userId: totp.userId });
  if (!begun) throw new AppError("conflict", "second_factor_exists");
  return { secret, ...describeTotp(secret, name) };
}
