import "server-only";
import { statfs } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { readBilling, readForecast } from "@/lib/billing";
import type { Ctx } from "@/lib/context";
import { readDiskSpace } from "@/lib/core/disk-space";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { readFacts } from "@/lib/doctor";
import { parseMicro, toDecimal } from "@/lib/format/micro";
import { countKeysLeft } from "@/lib/keys";
import { ageWhileRunning } from "@/lib/process/instance";
import type { AlertRule } from "@/lib/settings/schemas";
import { isConfigured, upstreamHealth } from "@/lib/upstream";
import type { Measure } from "./types";

const UNIT = 1_000_000;
const MINUTE_MS = 60_000;

type Reader = (ctx: Ctx) => Promise<Measure[]>;
type Facts = Awaited<ReturnType<typeof readFacts>>;

/** Every value that the rules which are on watch. What can't be known now is null, which is neither good nor bad. */
export async function readMeasures({ ctx, rules }: { ctx: Ctx; rules: readonly AlertRule[] }): Promise<Measure[]> {
  const readers: Partial<Record<AlertRule, Reader>> = {
    amount: readBalances,
    points: readBalances,
    days_left: readDaysLeft,
    keys_left: readKeysLeft,
    unknown_age: readDatabase,
    drift: readDatabase,
    disk: readDisk,
  };
  // What has no reader of its own is a fact of the doctor's.
  const wanted = new Set(rules.map((rule) => readers[rule] ?? readDoctor));
  const measures = await Promise.all([...wanted].map((read) => read(ctx).catch(unknown)));
  return measures.flat().filter(({ rule }) => rules.includes(rule));
}

/** One source that can't be read keeps no other from being watched. */
function unknown(error: unknown): Measure[] {
  log().warn({ err: error }, "what alerts watch could not be read");
  return [];
}

async function readBalances(ctx: Ctx): Promise<Measure[]> {
  const { configured, numbers } = await readBilling({ ctx });
  const known = configured ? numbers : null;
  return [
    measure("amount", known ? parseMicro(known.remainingAmount) : null),
    measure("points", known ? parseMicro(known.remainingPoints) : null),
  ];
}

/** Of points and amount, whichever runs out first; one that is not used lasts for ever. */
async function readDaysLeft(ctx: Ctx): Promise<Measure[]> {
  const { points, amount } = await readForecast({ ctx });
  const [soonest] = [points, amount]
    .flatMap((each) => (each.state === "known" ? [{ ...each, days: Math.min(each.days ?? EVER_DAYS, EVER_DAYS) }] : []))
    .toSorted((a, b) => a.days - b.days);
  if (!isConfigured("talkbot") || !soonest) return [measure("days_left", null)];
  const tenth = (days: number) => toDecimal(whole(Math.floor(days * 10) / 10));
  const range = {
    ...(soonest.from !== null && { from: tenth(soonest.from) }),
    ...(soonest.to !== null && { to: tenth(soonest.to) }),
  };
  return [{ ...measure("days_left", whole(Math.floor(soonest.days * 10) / 10)), params: range }];
}

async function readKeysLeft(ctx: Ctx): Promise<Measure[]> {
  return (await countKeysLeft({ ctx })).map(({ keyType, left }) => measure("keys_left", whole(left), String(keyType)));
}

async function readDatabase(ctx: Ctx): Promise<Measure[]> {
  const { rows } = await ctx.db.execute<{ oldest: number; drift: number }>(sql`
    select coalesce((select floor(extract(epoch from ${ctx.now()}::timestamptz - min(coalesce(sent_at, created_at))) / 60)
        from operation where state = 'unknown'), 0)::float8 as oldest,
      (select count(*)::int from contract_drift
        where last_at > ${ctx.now()}::timestamptz - interval '1 day') as drift`);
  return [measure("unknown_age", whole(rows[0]?.oldest ?? 0)), measure("drift", whole(rows[0]?.drift ?? 0))];
}

/** Of the disk of our own database, else of the data folder's; of the console that looks. */
async function readDisk(): Promise<Measure[]> {
  const known = readDiskSpace()?.freeBytes;
  const { bavail, bsize } = known === undefined ? await statfs(env().DATA_DIR).catch(() => NOWHERE) : NOWHERE;
  const free = known ?? bavail * bsize;
  return [measure("disk", free > 0 || known === 0 ? whole(Math.floor(free / 2 ** 20)) : null)];
}

const EVER_DAYS = 100_000;
const NOWHERE = { bavail: 0, bsize: 0 };

async function readDoctor(ctx: Ctx): Promise<Measure[]> {
  const facts = await readFacts((text) => ctx.db.execute(sql.raw(text)), env().DATA_DIR);
  return [
    measure("undecided", whole(facts.undecided)),
    measure("mirror_age", isConfigured("espai") ? mirrorAge(facts, ctx.now()) : null),
    measure("backup_age", await backupAge(ctx, facts)),
    ...(["espai", "potato", "talkbot"] as const)
      .filter(isConfigured)
      .map((upstream) => measure("upstream_away", minutesAway(upstream, facts, ctx.now()), upstream)),
  ];
}

/**
 * Minutes. Not known from a standstill of the console until its first reading has had its time: what is old then is being
 * read, and nobody needs to be told.
 */
function mirrorAge({ wholeAt }: Facts, now: Date): bigint | null {
  if (!wholeAt) return null;
  const running = ageWhileRunning(wholeAt, now);
  const stoodStill = running < now.getTime() - wholeAt.getTime();
  // As the table of cards calls its data late.
  return stoodStill && running < 2_000 * env().SYNC_INTERVAL_SECONDS + MINUTE_MS
    ? null
    : ageIn(MINUTE_MS, wholeAt, now);
}

/** Hours, where backups are made; before the first one since the console's first record. */
async function backupAge(ctx: Ctx, { lastBackup, backupFailedAt }: Facts): Promise<bigint | null> {
  if (lastBackup) return ageIn(60 * MINUTE_MS, new Date(lastBackup.takenAt), ctx.now());
  if (!env().BACKUP_DIR && !backupFailedAt) return null;
  const { rows } = await ctx.db.execute<{ at: Date }>(sql`select at from audit order by id limit 1`);
  return ageIn(60 * MINUTE_MS, rows[0] ? new Date(rows[0].at) : null, ctx.now());
}

/**
 * Minutes since its last good answer, while the last background poll of any console failed or this one's breaker refuses
 * calls; else 0.
 */
function minutesAway(upstream: "espai" | "potato" | "talkbot", { sources }: Facts, now: Date): bigint | null {
  const health = upstreamHealth().find((each) => each.upstream === upstream);
  const own = sources.filter(({ source }) => source.startsWith(`${upstream}.`));
  const failing = own.filter(({ errorKey }) => errorKey);
  if (failing.length === 0 && (health?.breaker.state ?? "closed") === "closed") return 0n;
  const answered = [...(failing.length > 0 ? failing : own).map((each) => each.lastSuccessAt), health?.lastSuccessAt];
  const times = answered.flatMap((at) => (at ? [at.getTime()] : []));
  return times.length > 0 ? ageIn(MINUTE_MS, new Date(Math.max(...times)), now) : null;
}

const measure = (rule: AlertRule, value: bigint | null, subject = ""): Measure => ({
  rule,
  subject,
  value,
  params: {},
});

const whole = (number: number): bigint => BigInt(Math.round(number * UNIT));

const ageIn = (unitMs: number, at: Date | null, now: Date): bigint | null =>
  at && whole(Math.max(0, Math.floor((now.getTime() - at.getTime()) / unitMs)));
