import "server-only";
import { and, eq, gt, inArray, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { log } from "@/lib/core/log";
import { sharedSlot } from "@/lib/core/shared-slot";
import { batch } from "@/lib/db/schema";
import { isKeyType } from "../types";
import { hasDueShortfall, isShort } from "./has-due-shortfall";
import { recoverLostKeys } from "./recover-lost-keys";

/** Batches with a shortfall that are not generating are swept this long at each call. */
const RECENT_MS = 24 * 3_600_000;
/**
 * Older ones so often, while a listing is owed: the console or PotatoCloud may have been away that long. One whose mark was
 * deleted upstream is owed for ever, and its listing is the whole list.
 */
const OLDER_EVERY_MS = 6 * 3_600_000;

const olderSwept = sharedSlot<number>("older-batches-swept");

/** At the first call of the process, and then every six hours. */
function isTimeForOlder(): boolean {
  const isTime = performance.now() - (olderSwept.value ?? Number.NEGATIVE_INFINITY) >= OLDER_EVERY_MS;
  if (isTime) olderSwept.value = performance.now();
  return isTime;
}

/** Of a batch that is done, a refused call whose keys were asked for again may turn out, or be settled, to have made them. */
const hasReleased = and(
  eq(batch.state, "done"),
  sql`exists (select 1 from operation o where o.batch_id = batch.id and o.released_at is not null)`,
);

const isOwed = sql`exists (select 1 from operation where operation.batch_id = batch.id and operation.kind = 'generate' and ${isShort})`;

/** Recover the missing keys of short answers in batches that no runner works on any more. */
export async function recoverMissingKeys({ ctx }: { ctx: Ctx }): Promise<void> {
  const recent = gt(batch.updatedAt, new Date(ctx.now().getTime() - RECENT_MS));
  const rows = await ctx.db
    .select({ id: batch.id, keyType: batch.keyType })
    .from(batch)
    .where(
      and(
        or(inArray(batch.state, ["paused", "cancelled"]), hasReleased),
        isTimeForOlder() ? or(recent, isOwed) : recent,
      ),
    );
  for (const { id, keyType } of rows) {
    if (!isKeyType(keyType) || !(await hasDueShortfall(ctx.db, id, ctx.now()))) continue;
    await recoverLostKeys(ctx, keyType).catch((error: unknown) =>
      log().info({ batch: id, err: error }, "could not recover missing keys; the next sweep will"),
    );
  }
}
