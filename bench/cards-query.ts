import "./aliases.ts";
import { createTestDatabase, startTestCluster } from "../test/database.ts";
import type { Measured } from "./measured.ts";
import { medianMs } from "./median.ts";
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

async function main() {
  const { database } = await import("../lib/db/client.ts");
  const { seedMirror } = await import("../test/support/seed-mirror.ts");
  const cluster = await startTestCluster();
  const { url, ownerUrl } = await createTestDatabase();
  process.env.DATABASE_URL = url;
  const { pool } = database();
  const measured: Measured[] = [];
  try {
    for (const { cards, boundMs } of BOUNDS) {
      await seedMirror(ownerUrl, cards);
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
  const { listCards } = await import("../lib/cards/index.ts");
  const { placed, SAMPLE_QUERIES } = await import("../test/support/card-queries.ts");
  const ctx = systemContext();
  const near: number[] = [];
  const far: number[] = [];
  for (const sample of SAMPLE_QUERIES) {
    const first = placed({ ...sample, place: "first" }, 1);
    const { total } = await listCards({ ctx, input: first });
    const timeOf = (input: typeof first) => medianMs(ROUNDS, () => listCards({ ctx, input }));
    const firstMs = await timeOf(first);
    const farMs = [await timeOf(placed(sample, total)), await timeOf(placed({ ...sample, place: "last" }, total))];
    near.push(firstMs);
    far.push(...farMs);
    const shown = [firstMs, ...farMs].map((ms) => ms.toFixed(1).padStart(7)).join(" ");
    console.log(`${shown} ms  ${sample.name} (${total} rows; first page, ${sample.place}, last)`);
  }
  return [
    { what: `${what}, first page`, value: Math.max(...near), bound: boundMs, unit: "ms" },
    { what: `${what}, any other page`, value: Math.max(...far), bound: FAR * boundMs, unit: "ms" },
  ];
}

/** As end users do: calls are used up on a card here and there. */
const CHANGE_ONE_IN_A_HUNDRED = `
  update card set balance = balance - 1, updated_at = now() where balance > 0 and abs(hashtext(id)) % 100 = 0`;

await main();
