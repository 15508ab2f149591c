import "./aliases.ts";
import { randomUUID } from "node:crypto";
import { startTestCluster } from "../test/database.ts";
import { timed } from "./median.ts";
import { report } from "./report.ts";

const KEYS = 1_000;
const LATENCY_MS = 50;
const CONCURRENCY = 4;
const IDEAL_MS = (KEYS / 10 / CONCURRENCY) * LATENCY_MS;
const BOUND = 1.5;
const ROUNDS = 5;

/** How near a batch of 1,000 keys comes to what the upstream alone would need: 100 calls of 50 ms, four at a time. */
async function main() {
  const cluster = await startTestCluster();
  const { openTestRoom } = await import("../test/support/test-environment.ts");
  const { createBatch } = await import("../lib/keys/index.ts");
  const { runBatch } = await import("../lib/keys/index.ts");
  const room = await openTestRoom({ sandbox: { cards: 1, keys: 0, options: { latencyMs: LATENCY_MS } } });
  const ratios: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const ctx = room.as("operator");
      const input = { batchId: randomUUID(), keyType: 2 as const, wanted: KEYS, note: "bench" };
      const { batchId } = await createBatch({ ctx, input });
      const ms = await timed(() => runBatch({ ctx, batchId, signal: new AbortController().signal }));
      // The first round warms up: the compiler, the pool, the statements.
      if (round === 0) continue;
      ratios.push(ms / IDEAL_MS);
      console.log(`${KEYS} keys in ${ms.toFixed(0)} ms, ideal ${IDEAL_MS} ms: ${(ms / IDEAL_MS).toFixed(2)} ×`);
    }
  } finally {
    await room.close();
    await cluster.stop();
  }
  const what = `${KEYS} keys, ${LATENCY_MS} ms a call, ${CONCURRENCY} at a time: times the ideal ${IDEAL_MS} ms, quietest of ${ROUNDS}`;
  await report([{ what, value: Math.min(...ratios), bound: BOUND, unit: "×" }]);
}

await main();
