import "server-only";
import { and, asc, desc, gt, inArray, isNotNull, lt, type SQL, sql } from "drizzle-orm";
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
/** Ids looked for at a time: finding them costs a pass over what may be unsealed, however few there are. */
const MOST_IDS = 20_000;
/** No transaction of ours lasts as long: what is older has been there to be sealed. Once an hour all is looked through. */
const SETTLED_MS = 600_000;
const ALL_EVERY_MS = 3_600_000;

const slot = sharedSlot<{ database: string; allAt: number }>("audit-sealed-all");

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
    const floor = await lowestId(tx, ctx);
    let head = first;
    let sealed = 0;
    for (let after = floor; ; ) {
      const ids = await findUnsealed(tx, { after, withoutMac: first === null });
      for (let i = 0; i < ids.length; i += PAGE) {
        const page = await readRows(tx, ids.slice(i, i + PAGE));
        const good = page.filter((row) => isOurs(row, keys));
        const seals = sealsOf(good, { head, keys, at: ctx.now() });
        if (seals.length > 0) await tx.insert(auditSeal).values(seals);
        head = seals.at(-1) ?? head;
        sealed += seals.length;
      }
      if (ids.length < MOST_IDS) return { sealed, head };
      after = ids.at(-1) ?? after;
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

type Which = { after: number; withoutMac: boolean };

async function findUnsealed(tx: Tx, { after, withoutMac }: Which): Promise<number[]> {
  const seal: SQL = sql`(select 1 from ${auditSeal} where ${auditSeal.auditId} = ${audit.id})`;
  const which = and(gt(audit.id, after), sql`not exists ${seal}`, withoutMac ? undefined : isNotNull(audit.mac));
  const found = await tx.select({ id: audit.id }).from(audit).where(which).orderBy(asc(audit.id)).limit(MOST_IDS);
  return found.map(({ id }) => id);
}

const readRows = (tx: Tx, ids: number[]): Promise<Row[]> =>
  tx.select().from(audit).where(inArray(audit.id, ids)).orderBy(asc(audit.id));

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

/** After which id to look: from the start at first and once an hour, else after what got its number ten minutes ago. */
async function lowestId(tx: Tx, ctx: Ctx): Promise<number> {
  const database = env().DATABASE_URL ?? "";
  const now = ctx.now().getTime();
  if (slot.value?.database !== database || now - slot.value.allAt >= ALL_EVERY_MS) {
    slot.value = { database, allAt: now };
    return 0;
  }
  // Not by the records' own times: each is of the clock of the machine it was written on.
  const settled = lt(auditSeal.sealedAt, new Date(now - SETTLED_MS));
  const newest = tx.select({ id: auditSeal.auditId }).from(auditSeal).where(settled);
  return (await newest.orderBy(desc(auditSeal.seq)).limit(1))[0]?.id ?? 0;
}
