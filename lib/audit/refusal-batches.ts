import "server-only";
import type { Ctx } from "@/lib/context";
import { addressGroup } from "@/lib/core/address-group";
import { log } from "@/lib/core/log";
import { sharedSlot } from "@/lib/core/shared-slot";
import { type AuditEntry, recordAudit } from "./record-audit";

/** So many of one group have a record each; what follows in that minute is one record with their number. */
export const ALONE = 10;
/** What is kept in memory; what belongs to none of these counts as "other". */
const MOST_GROUPS = 300;

type Group = { ctx: Ctx; entry: AuditEntry; seen: number; waiting: number; firstAt: Date; lastAt: Date };

/** Refusals by who, from where and what; see {@link noteRefusal}. */
export type RefusalBatches = Map<string, Group>;

const slot = sharedSlot<RefusalBatches>("refusal-batches");
const batches = (): RefusalBatches => {
  slot.value ??= new Map();
  return slot.value;
};

type Note = {
  ctx: Ctx;
  /** Its action, target and outcome name the group; of the details the first one's stay. */
  entry: AuditEntry;
  /** How many have a record each before they are counted. */
  alone?: number;
};

/**
 * Audit something that can come by the thousand: a refusal, a denied page, a blocked try. The first few a minute by the
 * same actor, from the same address group and of the same thing are recorded at once; the rest is counted and recorded
 * by {@link writeRefusals}. Never throws: what can't be recorded now is counted too.
 */
export async function noteRefusal({ ctx, entry, alone = ALONE }: Note): Promise<void> {
  const { key, group, known } = groupOf(ctx, entry);
  group.seen += 1;
  group.lastAt = ctx.now();
  if (!known || group.seen > alone) {
    group.waiting += 1;
    return;
  }
  try {
    await recordAudit(ctx.db, ctx, entry);
  } catch (error) {
    group.waiting += 1;
    // It may have been forgotten meanwhile, for having nothing to record.
    if (!batches().has(key)) batches().set(key, group);
    log().warn({ err: error, action: entry.action }, "a refusal could not be audited; it is counted");
  }
}

/** Record what was counted, one row a group, and forget the groups that have been quiet since the last time. */
export async function writeRefusals({ ctx }: { ctx: Ctx }): Promise<void> {
  for (const [key, group] of batches()) {
    const { waiting: count, firstAt, lastAt } = group;
    if (count === 0) {
      batches().delete(key);
      continue;
    }
    group.waiting = 0;
    try {
      const detail = { ...group.entry.detail, count, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
      await recordAudit(ctx.db, { ...group.ctx, db: ctx.db, now: ctx.now }, { ...group.entry, detail });
      group.firstAt = ctx.now();
    } catch (error) {
      group.waiting += count;
      throw error;
    }
  }
}

function groupOf(ctx: Ctx, entry: AuditEntry): { key: string; group: Group; known: boolean } {
  const ip = ctx.ip && addressGroup(ctx.ip);
  const { action, targetKind, targetId, outcome } = entry;
  const key = JSON.stringify([ctx.actor.id, ctx.actor.name, ip, action, targetKind, targetId]);
  const kept = batches().get(key);
  if (kept) return { key, group: kept, known: true };
  const fresh = { seen: 0, waiting: 0, firstAt: ctx.now(), lastAt: ctx.now() };
  if (batches().size < MOST_GROUPS) {
    // Of many requests: no one of them is named, and the address stands for its group.
    const group = { ctx: { ...ctx, ip, requestId: "", userAgent: null }, entry, ...fresh };
    batches().set(key, group);
    return { key, group, known: true };
  }
  const other = JSON.stringify(["other", action]);
  const actor = { ...ctx.actor, id: null, name: "other" };
  const rest = batches().get(other) ?? {
    ctx: { ...ctx, actor, ip: null, requestId: "", userAgent: null },
    entry: { action, ...(outcome && { outcome }) },
    ...fresh,
  };
  batches().set(other, rest);
  return { key: other, group: rest, known: false };
}
