import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { setting } from "@/lib/db/schema";
import { readSettings } from "./read-settings";
import type { changeSettingSchema, Settings } from "./schemas";

type Input = z.output<typeof changeSettingSchema>;

/** Change one setting; returns all of them. Audited with the value before and after. */
export async function changeSetting({ ctx, input }: { ctx: Ctx; input: Input }): Promise<Settings> {
  return ctx.db.transaction(async (tx) => {
    // Of two at once the second says what the first one stored.
    await lockInTransaction(tx, `cardesk.setting.${input.key}`);
    const before = (await readSettings({ ctx: { db: tx } }))[input.key];
    const row = { value: input.value, updatedAt: ctx.now(), updatedBy: ctx.actor.id };
    await tx
      .insert(setting)
      .values({ key: input.key, ...row })
      .onConflictDoUpdate({ target: setting.key, set: row });
    await recordAudit(tx, ctx, {
      action: "setting.changed",
      targetKind: "setting",
      targetId: input.key,
      detail: { before, after: input.value },
    });
    return readSettings({ ctx: { db: tx } });
  });
}
