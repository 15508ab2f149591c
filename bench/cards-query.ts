import "./aliases.ts";
import { createTestDatabase, startTestCluster } from "../test/database.ts";
import type { Measured } from "./measured.ts";
import { medianMs } from "./median.ts";
import { report } from "./report.ts";

/** Median ms a card-table query (its page and its exact total) may take, by how many cards are mirrored. */
const BOUNDS = [
  { cards: 10_000, boundMs: 15 },
  { cards: 100_000, boundMs: 50 },
] as const;
const ROUNDS = 9;

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
      const swept = await slowest();
      await pool.query(CHANGE_ONE_IN_A_HUNDRED);
      const what = `card-table query over ${cards} cards, slowest of all`;
      measured.push({ what, value: swept, bound: boundMs, unit: "ms" });
      const changed = {
        what: `${what}, 1 % just changed`,
        value: await slowest(),
        bound: boundMs,
        unit: "ms" as const,
      };
      measured.push(changed);
    }
  } finally {
    await pool.end();
    await cluster.stop();
  }
  await report(measured);
}

/** The median of the slowest sample query, ms. */
async function slowest(): Promise<number> {
  const { systemContext } = await import("../lib/context.ts");
  const { listCards } = await import("../lib/cards/index.ts");
  const { placed, SAMPLE_QUERIES } = await import("../test/support/card-queries.ts");
  const times: number[] = [];
  for (const sample of SAMPLE_QUERIES) {
    const ctx = systemContext();
    const { total } = await listCards({ ctx, input: placed(sample, 1) });
    const input = placed(sample, total);
    const ms = await medianMs(ROUNDS, () => listCards({ ctx, input }));
    console.log(`${ms.toFixed(1).padStart(7)} ms  ${sample.name} (${total} rows, page ${input.page})`);
    times.push(ms);
  }
  return Math.max(...times);
}

/** As end users do: calls are used up on a card here and there. */
const CHANGE_ONE_IN_A_HUNDRED = `
  update card set balance = balance - 1, updated_at = now() where balance > 0 and abs(hashtext(id)) % 100 = 0`;

await main();
