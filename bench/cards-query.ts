import "./aliases.ts";
import type pg from "pg";
import { createTestDatabase, runOn, startTestCluster } from "../test/database.ts";
import type { Measured } from "./measured.ts";
import { medianMs, medianOf, p95Of, timed } from "./median.ts";
import { report } from "./report.ts";

/** Median ms the first page of a card-table query (with its total) may take, by how many cards are mirrored. */
const BOUNDS = [
  { cards: 10_000, boundMs: 15 },
  { cards: 100_000, boundMs: 50 },
  { cards: 1_000_000, boundMs: 100 },
] as const;
/** A page from the middle or the end may take so many times as long as a first one. */
const FAR = 3;
const ROUNDS = 5;
/** `--cards=100000`: that many only. */
const ASKED = process.argv.find((each) => each.startsWith("--cards="))?.slice("--cards=".length);

const ALL = /./;
/** The sorts of all cards are as slow as each other before a vacuum. */
const FILTERED = /^(?!all by )/;
/** `--just-changed`: without the queries before the change. */
const JUST_CHANGED = process.argv.includes("--just-changed");

/** What the clock says, and the processor time of PostgreSQL in it. */
type Times = { clock: number; processor: number };

async function main() {
  const { database } = await import("../lib/db/client.ts");
  const { seedMirror, seedNames } = await import("../test/support/seed-mirror.ts");
  const bounds = BOUNDS.filter(({ cards }) => !ASKED || String(cards) === ASKED);
  if (bounds.length === 0) throw new Error(`--cards is one of ${BOUNDS.map(({ cards }) => cards).join(", ")}`);
  const cluster = await startTestCluster();
  const { url, ownerUrl } = await createTestDatabase();
  process.env.DATABASE_URL = url;
  const { pool } = database();
  const measured: Measured[] = [];
  try {
    for (const { cards, boundMs } of bounds) {
      await seedMirror(ownerUrl, cards);
      await seedNames(ownerUrl);
      const what = `card-table query over ${cards} cards, slowest of all`;
      if (!JUST_CHANGED) measured.push(...(await slowest(what, boundMs)));
      // It would come in the middle of what is measured.
      await runOn(ownerUrl, "alter table card set (autovacuum_enabled = false)");
      await changeOneInAHundred(pool);
      // What somebody meets until the vacuum after a sync is done; said, without a bound.
      await slowest(`${what}, 1 % just changed, before the vacuum`, boundMs, FILTERED, 1);
      await vacuumBeside();
      measured.push(...(await slowest(`${what}, 1 % just changed`, boundMs)));
      await workBesideVacuum(pool, cards);
    }
  } finally {
    await pool.end();
    await cluster.stop();
  }
  await report(measured);
}

/** The slowest sample query of all at its first page, and at those in the middle and at the end. */
async function slowest(what: string, boundMs: number, which = ALL, rounds = ROUNDS): Promise<Measured[]> {
  const { systemContext } = await import("../lib/context.ts");
  const { database } = await import("../lib/db/client.ts");
  const { listCards } = await import("../lib/cards/index.ts");
  const { placed, SAMPLE_QUERIES } = await import("../test/support/card-queries.ts");
  const { processorMsOf, touchedBy } = await import("./touched.ts");
  const ctx = systemContext();
  const { pool } = database();
  const near: Times[] = [];
  const far: Times[] = [];
  console.log(
    `${what}\nms (processor time of PostgreSQL; rows looked at, blocks) of the first page, a far one, the last`,
  );
  for (const sample of SAMPLE_QUERIES.filter(({ name }) => which.test(name))) {
    const first = placed({ ...sample, place: "first" }, 1);
    const { total } = await listCards({ ctx, input: first });
    const shown: string[] = [];
    const timesOf = async (input: typeof first): Promise<Times> => {
      const clock = await medianMs(rounds, () => listCards({ ctx, input }));
      const each: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const before = await processorMsOf(pool);
        await listCards({ ctx, input });
        each.push((await processorMsOf(pool)) - before);
      }
      const { rows, blocks } = await touchedBy(pool, (asking) => listCards({ ctx: asking, input }));
      const processor = medianOf(each);
      shown.push(`${clock.toFixed(1).padStart(7)} (${processor.toFixed(1)}; ${rows.toFixed(0)}, ${blocks})`);
      return { clock, processor };
    };
    near.push(await timesOf(first));
    const place = sample.place === "first" ? "middle" : sample.place;
    far.push(await timesOf(placed({ ...sample, place }, total)));
    far.push(await timesOf(placed({ ...sample, place: "last" }, total)));
    console.log(`${shown.join(" ")}  ${sample.name} (${total} rows; ${place})`);
  }
  const most = (times: readonly Times[], which: keyof Times) => Math.max(...times.map((each) => each[which]));
  console.log(
    `processor time: ${most(near, "processor").toFixed(1)} ms at most for a first page, ${most(far, "processor").toFixed(1)} for another\n`,
  );
  return [
    { what: `${what}, first page`, value: most(near, "clock"), bound: boundMs, unit: "ms" },
    { what: `${what}, any other page`, value: most(far, "clock"), bound: FAR * boundMs, unit: "ms" },
  ];
}

/** Have the mirror vacuumed as it is after a sync, while `beside` runs again and again, and say what it took. Of few changes there is none. */
async function vacuumBeside(beside?: () => Promise<void>): Promise<void> {
  const { systemContext } = await import("../lib/context.ts");
  const { database } = await import("../lib/db/client.ts");
  const { vacuumMirror } = await import("../lib/cards/index.ts");
  const { watchVacuum } = await import("./touched.ts");
  const watch = await watchVacuum(database().pool);
  let isOver = false;
  const began = performance.now();
  const vacuum = vacuumMirror({ ctx: systemContext(), input: { signal: new AbortController().signal } }).finally(() => {
    isOver = true;
  });
  const others = (async () => {
    while (beside && !isOver) await beside();
  })();
  const { state, vacuumed } = await vacuum;
  const clock = performance.now() - began;
  await others;
  if (state !== "done") throw new Error(`the vacuum ended as ${state}`);
  const { processorMs, blocks, walMb } = await watch.end();
  console.log(
    `vacuum of ${vacuumed.join(", ") || "nothing"}: ${clock.toFixed(0)} ms, processor time ${processorMs.toFixed(0)}, ${blocks} blocks, ${walMb.toFixed(1)} MB of log`,
  );
}

/** What a reader of a first page and a sync's page of changed cards take while a vacuum runs, and alone. */
async function workBesideVacuum(pool: pg.Pool, cards: number) {
  const { systemContext } = await import("../lib/context.ts");
  const { listCards } = await import("../lib/cards/index.ts");
  const { placed, SAMPLE_QUERIES } = await import("../test/support/card-queries.ts");
  const ctx = systemContext();
  const { writeAsSync } = await import("../test/support/write-as-sync.ts");
  const pages = SAMPLE_QUERIES.slice(0, 3).map((sample) => placed({ ...sample, place: "first" }, 1));
  let turn = 0;
  const read = async () => {
    const input = pages[turn++ % pages.length];
    if (input) await listCards({ ctx, input });
  };
  const write = () => writeAsSync(ctx, cards, turn++);
  for (const [name, work] of [
    ["a reader's first page", read],
    ["a sync's 500 changed cards", write],
  ] as const) {
    await changeOneInAHundred(pool);
    const beside: number[] = [];
    await vacuumBeside(async () => void beside.push(await timed(work)));
    const alone: number[] = [];
    while (alone.length < Math.max(beside.length, 10)) alone.push(await timed(work));
    const shown = (times: number[]) => `${medianOf(times).toFixed(1)}, ${p95Of(times).toFixed(1)}`;
    console.log(`${name}, median and p95 of ${beside.length}: ${shown(beside)} ms beside it, ${shown(alone)} alone\n`);
  }
  // The next mirror has the same ids, and none of them was used.
  await pool.query("delete from card_daily_use");
}

/** As end users do: calls are used up on a card here and there. PostgreSQL counts it at once, and not up to ten seconds later. */
async function changeOneInAHundred(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  await client.query(
    "update card set balance = balance - 1, updated_at = now() where balance > 0 and abs(hashtext(id)) % 100 = 0",
  );
  await client.query("select pg_stat_force_next_flush()");
  client.release();
}

await main();
