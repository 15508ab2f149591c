import "server-only";
import type { Ctx } from "@/lib/context";
import { log } from "@/lib/core/log";
import { cardKey, keyScan } from "@/lib/db/schema";
import { withLock } from "@/lib/db/with-lock";
import { isConfigured, type KeyList, potato, UpstreamError } from "@/lib/upstream";
import { noteKeyReading } from "../generation/note-key-reading";
import { PageCursor } from "../recovery/page-cursor";
import { type Fingerprint, readFingerprint } from "../vault/fingerprint";
import { storeKeyStatus } from "./store-key-status";

/** At most so many calls a minute for the newest keys and for old ones, whatever the account holds. */
const NEW_PAGES = 3;
const OLD_PAGES = 2;
const MIN_GAP_MS = 50_000;

const NEW_PAGE = 100;
const OLD_PAGE = 1_000;
/** Enough ids that deleting some of these keys upstream does not lose the mark. */
const MARK_SIZE = 20;
/** Between two walks through the whole list. */
const REST_MS = 10 * 60_000;
/** A list with more rows than this never ends. */
const MAX_ROWS = 1_000_000;

type Scan = typeof keyScan.$inferSelect;
type Walk = { ctx: Ctx; scan: Scan; print: Fingerprint };
export type ScanResult = "done" | "failed" | "busy" | "too_soon" | "nothing_held" | "not_configured";

/**
 * Read from PotatoCloud's list what became of the keys we hold: used, deleted, expires. The newest are read until a key of
 * the last run is met; old ones change too, so a slow walk goes through the list page by page, and on in the next run or
 * process where this one stops. An upstream failure is logged, not thrown: the next run goes on from there.
 */
export async function scanKeys({ ctx }: { ctx: Ctx }): Promise<ScanResult> {
  if (!isConfigured("potato")) return "not_configured";
  const [held] = await ctx.db.select({ id: cardKey.id }).from(cardKey).limit(1);
  if (!held) return "nothing_held";
  const locked = await withLock("scan-keys", () => runScan(ctx));
  return locked?.value ?? "busy";
}

async function runScan(ctx: Ctx): Promise<ScanResult> {
  const [stored] = await ctx.db.select().from(keyScan);
  const now = ctx.now();
  if (stored && Math.abs(now.getTime() - stored.lastRunAt.getTime()) < MIN_GAP_MS) return "too_soon";
  const scan: Scan = stored ? { ...stored, lastRunAt: now } : newScan(now);
  // Counted before the first call: a run that is killed has had its share of this minute.
  await save(ctx.db, scan);
  try {
    const walk = { ctx, scan, print: await readFingerprint() };
    await readNewest(walk);
    await walkOn(walk);
    await noteKeyReading(ctx, null);
    return "done";
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await noteKeyReading(ctx, error);
    log().warn({ key: error.key }, "key scan failed");
    return "failed";
  }
}

const newScan = (lastRunAt: Date): Scan => ({
  name: "keys",
  lastRunAt,
  newest: [],
  rowsPassed: 0,
  pageSize: OLD_PAGE,
  lastPageId: null,
  roundEndedAt: null,
});

async function save(db: Pick<Ctx["db"], "insert">, scan: Scan): Promise<void> {
  await db.insert(keyScan).values(scan).onConflictDoUpdate({ target: keyScan.name, set: scan });
}

/** From the newest key back to one of the last run. What does not fit into this run's share is left to the slow walk. */
async function readNewest({ ctx, scan, print }: Walk): Promise<void> {
  const known = new Set(scan.newest);
  const pages = new PageCursor(NEW_PAGE);
  let newest: string[] | null = null;
  for (let page = 1; page <= NEW_PAGES; page++) {
    const at = ctx.now();
    const { keys, unreadable, rows } = await potato().listKeys(pages.next);
    newest ??= idsOf({ keys, unreadable }).slice(0, MARK_SIZE);
    await storeKeyStatus(ctx.db, keys, { at, print });
    const reached = known.size === 0 || idsOf({ keys, unreadable }).some((id) => known.has(id));
    if (rows === 0 || reached) break;
    pages.advance(rows);
  }
  if (newest?.length) scan.newest = newest;
  await save(ctx.db, scan);
}

/** Some pages further through the whole list. Keys made meanwhile only push others back, so none is skipped. */
async function walkOn({ ctx, scan, print }: Walk): Promise<void> {
  if (scan.rowsPassed === 0 && isResting(scan, ctx.now())) return;
  for (let page = 1; page <= OLD_PAGES; page++) {
    const pages = new PageCursor(scan.pageSize, scan.rowsPassed);
    const at = ctx.now();
    const asked = pages.next;
    const { keys, unreadable, rows } = await potato().listKeys(asked);
    const first = idsOf({ keys, unreadable })[0] ?? null;
    if (rows > 0) pages.advance(rows);
    // An upstream may repeat its last page, or ignore paging and give all at once.
    const repeated = first !== null && first === scan.lastPageId;
    const ended = rows === 0 || repeated || rows > asked.size || pages.reached > MAX_ROWS;
    Object.assign(
      scan,
      ended
        ? { rowsPassed: 0, pageSize: OLD_PAGE, lastPageId: null, roundEndedAt: at }
        : { rowsPassed: pages.reached, pageSize: pages.size, lastPageId: first },
    );
    await ctx.db.transaction(async (tx) => {
      await storeKeyStatus(tx, keys, { at, print });
      await save(tx, scan);
    });
    if (ended) return;
  }
}

const isResting = ({ roundEndedAt }: Scan, now: Date): boolean =>
  roundEndedAt !== null && Math.abs(now.getTime() - roundEndedAt.getTime()) < REST_MS;

const idsOf = ({ keys, unreadable }: Pick<KeyList, "keys" | "unreadable">): string[] =>
  [...keys, ...unreadable].flatMap(({ id }) => (id === null ? [] : [id]));
