import "./aliases.ts";
import { createTestDatabase, startTestCluster } from "../test/database.ts";
import type { Measured } from "./measured.ts";
import { medianMs, medianOf } from "./median.ts";
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
      measured.push(...(await slowest(what, boundMs)));
      await pool.query(CHANGE_ONE_IN_A_HUNDRED);
      measured.push(...(await slowest(`${what}, 1 % just changed`, boundMs)));
    }
  } finally {
    await pool.end();
    await cluster.stop();
  }
  await report(measured);
}

/** The slowest sample query of all at its first page, and at those in the middle and at the end. */
async function slowest(what: string, boundMs: number): Promise<Measured[]> {
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
  for (const sample of SAMPLE_QUERIES) {
    const first = placed({ ...sample, place: "first" }, 1);
    const { total } = await listCards({ ctx, input: first });
    const shown: string[] = [];
    const timesOf = async (input: typeof first): Promise<Times> => {
      const clock = await medianMs(ROUNDS, () => listCards({ ctx, input }));
      const each: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
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

/** As end users do: calls are used up on a card here and there. */
const CHANGE_ONE_IN_A_HUNDRED = `
  update card set balance = balance - 1, updated_at = now() where balance > 0 and abs(hashtext(id)) % 100 = 0`;

await main();
