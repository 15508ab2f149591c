import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { DailyLimitError } from "./consume-daily-limit";

/** Audit that a limit stopped something. Its own transaction: the one that was stopped is rolled back. */
export async function recordLimitReached(
  ctx: Ctx,
  { measure, asked, used, limit }: DailyLimitError,
  target: { targetKind: string; targetId: string },
): Promise<void> {
  await ctx.db.transaction((tx) =>
    recordAudit(tx, ctx, {
      action: "limit.reached",
      ...target,
      outcome: "refused",
      detail: { measure, asked, used, limit },
    }),
  );
}
