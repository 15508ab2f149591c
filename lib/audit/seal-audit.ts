import "server-only";
import { and, asc, desc, gt, isNotNull, max, type SQL, sql } from "drizzle-orm";
import { CHAIN_START, type ChainKeys, chainKeys, entryMac, sameMac, sealMac } from "@/lib/audit-chain";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { sharedSlot } from "@/lib/core/shared-slot";
import type { Tx } from "@/lib/db/client";
import { audit, auditSeal } from "@/lib/db/schema";

/** The last number and its HMAC. */
export type Head = { seq: number; mac: string };

const PAGE = 500;
/** No transaction of ours lasts longer: what can't be seen by then will hardly come. Once an hour all is looked through. */
const SETTLED_MS = 120_000;
const ALL_EVERY_MS = 3_600_000;

/** `floor`: every record up to this id is sealed, or not ours; `next`: the highest id at `since`. */
type Watermark = { database: string; floor: number; next: number; since: number; allAt: number };
const slot = sharedSlot<Watermark>("audit-watermark");

/**
 * Give numbers and HMACs to the records that have none, in the order of their ids as far as they are committed. One
 * process at a time; returns null when another one is at it, or without APP_KEYS. A record whose own HMAC is wrong was
 * not written by a console: it gets no number, and the verification names it. Only the very first run takes those
 * without an HMAC, of before the chain.
 */
export async function sealAudit({ ctx }: { ctx: Ctx }): Promise<{ sealed: number; head: Head | null } | null> {
  const keys = chainKeys(env().APP_KEYS);
  if (keys.length === 0) return null;
  return ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended('audit-seal', 0)) as held`,
    );
    if (!rows[0]?.held) return null;
    const first = await readHead(tx);
    const floor = await watermark(tx, ctx);
    let head = first;
    let sealed = 0;
    for (let after = floor; ; ) {
      const page = await readUnsealed(tx, { after, withoutMac: first === null });
      const good = page.filter((row) => isOurs(row, keys));
      const seals = sealsOf(good, { head, keys, at: ctx.now() });
      if (seals.length > 0) await tx.insert(auditSeal).values(seals);
      head = seals.at(-1) ?? head;
      sealed += seals.length;
      after = page.at(-1)?.id ?? after;
      if (page.length < PAGE) return { sealed, head };
    }
  });
}

/** The head as the database has it. */
export async function readHead(tx: Tx): Promise<Head | null> {
  const { seq, mac } = auditSeal;
  const [head] = await tx.select({ seq, mac }).from(auditSeal).orderBy(desc(seq)).limit(1);
  return head ?? null;
}

type Row = typeof audit.$inferSelect;

function readUnsealed(tx: Tx, { after, withoutMac }: { after: number; withoutMac: boolean }): Promise<Row[]> {
  const seal: SQL = sql`(select 1 from ${auditSeal} where ${auditSeal.auditId} = ${audit.id})`;
  const which = and(gt(audit.id, after), sql`not exists ${seal}`, withoutMac ? undefined : isNotNull(audit.mac));
  return tx.select().from(audit).where(which).orderBy(asc(audit.id)).limit(PAGE);
}

function sealsOf(rows: readonly Row[], { head, keys, at }: { head: Head | null; keys: ChainKeys; at: Date }) {
  const [newest] = keys;
  if (!newest) return [];
  let { seq, mac: before } = head ?? { seq: 0, mac: CHAIN_START };
  return rows.map((row) => {
    seq += 1;
    const mac = sealMac(newest.seal, { seq, before, sealedAt: at, auditId: row.id, entry: row, mac: row.mac });
    before = mac;
    return { seq, auditId: row.id, sealedAt: at, mac, macKey: newest.tag };
  });
}

const reported = new Set<string>();

function isOurs(row: Row, keys: ChainKeys): boolean {
  if (row.mac === null) return true;
  const key = keys.find(({ tag }) => tag === row.macKey);
  if (key && sameMac(row.mac, entryMac(key.entry, row))) return true;
  if (reported.size < 100 && !reported.has(row.mac)) {
    reported.add(row.mac);
    log().error({ auditId: row.id }, "an audit record was not written by a console, or was changed: it gets no number");
  }
  return false;
}

/** After which id to look: from the start at first and once an hour, else after what was there two minutes ago. */
async function watermark(tx: Tx, ctx: Ctx): Promise<number> {
  const database = env().DATABASE_URL ?? "";
  const now = ctx.now().getTime();
  const mark = slot.value;
  const next = async () => (await tx.select({ id: max(audit.id) }).from(audit))[0]?.id ?? 0;
  if (mark?.database !== database || now - mark.allAt >= ALL_EVERY_MS) {
    slot.value = { database, floor: 0, next: await next(), since: now, allAt: now };
    return 0;
  }
  if (now - mark.since >= SETTLED_MS) slot.value = { ...mark, floor: mark.next, next: await next(), since: now };
  return slot.value?.floor ?? 0;
}
