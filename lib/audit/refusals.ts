import "server-only";
import { inArray, lte, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { addressGroup } from "@/lib/core/address-group";
import { log } from "@/lib/core/log";
import { sharedSlot } from "@/lib/core/shared-slot";
import { refusal } from "@/lib/db/schema";
import { type AuditEntry, recordAudit } from "./record-audit";

/** So many of one group have a record each; what follows until it is quiet for a minute is counted. */
export const ALONE = 10;
/** What is counted by itself; what belongs to none of these counts as "other". */
const MOST_GROUPS = 300;
const MINUTE_MS = 60_000;

type Group = {
  row: Omit<typeof refusal.$inferInsert, "count" | "firstAt" | "lastAt">;
  seen: number;
  /** Counted here and not in the database yet, with the time of the first of them. */
  waiting: number;
  firstAt: Date;
  lastAt: Date;
};

/** Refusals by who, from where and what; see {@link noteRefusal}. */
export type Refusals = Map<string, Group>;

const slot = sharedSlot<Refusals>("refusals");
const groups = (): Refusals => {
  slot.value ??= new Map();
  return slot.value;
};

type Note = {
  ctx: Ctx;
  /** Its action, target, outcome, limit (`measure`) and reason (`why`) name the group; of its other details the first one's stay. */
  entry: AuditEntry;
  /** How many have a record each before they are counted. */
  alone?: number;
  /** One group wherever they come from, with the last address: for what is about one of few things, like a user. */
  fromAnywhere?: boolean;
};

/**
 * Audit something that can come by the thousand: a refusal, a denied page, a blocked try. The first few by the same actor,
 * from the same address group and of the same thing are recorded at once; the rest is counted, within a second in the
 * database ({@link keepRefusals}), and recorded by {@link recordRefusals}. Never throws: what can't be recorded is counted too.
 */
export async function noteRefusal({ ctx, entry, alone = ALONE, fromAnywhere = false }: Note): Promise<void> {
  const { key, group, known } = groupOf(ctx, entry, fromAnywhere);
  group.seen += 1;
  group.lastAt = ctx.now();
  if (fromAnywhere) group.row.ip = ctx.ip;
  const one = { count: 1, firstAt: group.lastAt };
  if (!known || group.seen > alone) return wait(key, group, one);
  try {
    await recordAudit(ctx.db, ctx, entry);
  } catch (error) {
    wait(key, group, one);
    log().warn({ err: error, action: entry.action }, "a refusal could not be audited; it is counted");
  }
}

/** Take what was counted to the database, so that a process that dies leaves it there. Forgets groups that are quiet. */
export async function keepRefusals({ ctx }: { ctx: Ctx }): Promise<void> {
  const quietSince = ctx.now().getTime() - MINUTE_MS;
  const taken: { key: string; group: Group; count: number; firstAt: Date }[] = [];
  for (const [key, group] of groups()) {
    const { waiting: count, firstAt, lastAt } = group;
    if (count > 0) taken.push({ key, group, count, firstAt });
    else if (lastAt.getTime() <= quietSince) groups().delete(key);
    group.waiting = 0;
  }
  if (taken.length === 0) return;
  // In one order in every process, so that two of them never wait for each other.
  taken.sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows = taken.map(({ group, count, firstAt }) => ({ ...group.row, count, firstAt, lastAt: group.lastAt }));
  try {
    await ctx.db
      .insert(refusal)
      .values(rows)
      .onConflictDoUpdate({
        target: refusal.key,
        set: {
          count: sql`${refusal.count} + excluded.count`,
          lastAt: sql`greatest(${refusal.lastAt}, excluded.last_at)`,
          ip: sql`excluded.ip`,
        },
      });
  } catch (error) {
    for (const { key, group, ...counted } of taken) wait(key, group, counted);
    throw error;
  }
}

/**
 * Record what was counted until a minute ago, by whichever process: one row a group, with the number. `all`: without
 * waiting for the minute, for a process that ends.
 */
export async function recordRefusals({ ctx, all = false }: { ctx: Ctx; all?: boolean }): Promise<void> {
  await keepRefusals({ ctx });
  const due = all ? undefined : lte(refusal.firstAt, new Date(ctx.now().getTime() - MINUTE_MS));
  await ctx.db.transaction(async (tx) => {
    const rows = await tx.select().from(refusal).where(due).orderBy(refusal.key).for("update", { skipLocked: true });
    if (rows.length === 0) return;
    for (const row of rows) {
      const { actorId, actorName, ip, action, targetKind, targetId, outcome, detail, count, firstAt, lastAt } = row;
      // Of many requests: no one of them is named.
      const actor = { id: actorId, name: actorName, role: "support" as const, sessionId: null };
      await recordAudit(
        tx,
        { ...ctx, actor, ip, requestId: "", userAgent: null },
        {
          action,
          ...(targetKind !== null && { targetKind }),
          ...(targetId !== null && { targetId }),
          outcome,
          detail: { ...detail, count, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() },
        },
      );
    }
    const keys = rows.map((row) => row.key);
    await tx.delete(refusal).where(inArray(refusal.key, keys));
  });
}

function wait(key: string, group: Group, { count, firstAt }: { count: number; firstAt: Date }): void {
  if (group.waiting === 0 || firstAt < group.firstAt) group.firstAt = firstAt;
  group.waiting += count;
  // It may have been forgotten meanwhile, for having nothing to record.
  if (!groups().has(key)) groups().set(key, group);
}

function groupOf(ctx: Ctx, entry: AuditEntry, fromAnywhere: boolean): { key: string; group: Group; known: boolean } {
  const ip = fromAnywhere ? null : ctx.ip && addressGroup(ctx.ip);
  const { action, targetKind, targetId, outcome = "ok", detail = {} } = entry;
  // Which limit was reached, and why something was refused, is never said of another one.
  const { measure, why } = detail;
  const key = JSON.stringify([ctx.actor.id, ctx.actor.name, ip, action, targetKind, targetId, outcome, measure, why]);
  const kept = groups().get(key);
  if (kept) return { key, group: kept, known: true };
  const fresh = { seen: 0, waiting: 0, firstAt: ctx.now(), lastAt: ctx.now() };
  if (fromAnywhere || groups().size < MOST_GROUPS) {
    const who = { actorId: ctx.actor.id, actorName: ctx.actor.name, ip };
    const group = { row: { key, ...who, action, targetKind, targetId, outcome, detail }, ...fresh };
    groups().set(key, group);
    return { key, group, known: true };
  }
  const other = JSON.stringify(["other", action, outcome]);
  const row = { key: other, actorId: null, actorName: "other", ip: null, action, outcome, detail: {} };
  const rest = groups().get(other) ?? { row, ...fresh };
  groups().set(other, rest);
  return { key: other, group: rest, known: false };
}
