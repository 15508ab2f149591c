import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { setting } from "@/lib/db/schema";
import { readSettings } from "./read-settings";
import type { changeSettingSchema, Settings } from "./schemas";

type Input = z.output<typeof changeSettingSchema>;

/**
 * Change one setting; returns all of them. Audited with the value before and after. AppError "conflict" if somebody changed it
 * since it was seen: a form sends all its fields, and would undo those it shows as they were.
 */
export async function changeSetting({ ctx, input }: { ctx: Ctx; input: Input }): Promise<Settings> {
  const { key, value, was } = input;
  return ctx.db.transaction(async (tx) => {
    // Of two at once the second says what the first one stored.
    await lockInTransaction(tx, `cardesk.setting.${key}`);
    const before = (await readSettings({ ctx: { db: tx } }))[key];
    // What is there already may be what an earlier try left, whose answer was lost.
    if (was !== undefined && !isDeepStrictEqual(before, was) && !isDeepStrictEqual(before, value))
      throw new AppError("conflict", "conflict");
    const row = { value, updatedAt: ctx.now(), updatedBy: ctx.actor.id };
    await tx
      .insert(setting)
      .values({ key, ...row })
      .onConflictDoUpdate({ target: setting.key, set: row });
    await recordAudit(tx, ctx, {
      action: "setting.changed",
      targetKind: "setting",
      targetId: key,
      detail: { before, after: value },
    });
    return readSettings({ ctx: { db: tx } });
  });
}
