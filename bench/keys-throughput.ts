import "./aliases.ts";
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { startTestCluster } from "../server/test-database.ts";

const KEYS = 1_000;
const LATENCY_MS = 50;
const AT_ONCE = 4;
const IDEAL_MS = (KEYS / 10 / AT_ONCE) * LATENCY_MS;
const BOUND = 1.5;
const ROUNDS = 5;

/** How near a batch of 1,000 keys comes to what the upstream alone would need: 100 calls of 50 ms, four at a time. */
async function main() {
  const cluster = await startTestCluster();
  const { openTestRoom } = await import("../lib/testing/test-room.ts");
  const { createBatch } = await import("../lib/batches/create-batch.ts");
  const { runBatch } = await import("../lib/batches/run-batch.ts");
  const room = await openTestRoom({ sandbox: { cards: 1, keys: 0, options: { latencyMs: LATENCY_MS } } });
  const ratios: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const ctx = room.as("operator");
      const input = { batchId: randomUUID(), keyType: 2 as const, wanted: KEYS, note: "" };
      const { batchId } = await createBatch({ ctx, input });
      const start = performance.now();
      await runBatch({ ctx, batchId, signal: new AbortController().signal });
      const ms = performance.now() - start;
      // The first round warms up: the compiler, the pool, the statements.
      if (round === 0) continue;
      ratios.push(ms / IDEAL_MS);
      console.log(`${KEYS} keys in ${ms.toFixed(0)} ms, ideal ${IDEAL_MS} ms: ${(ms / IDEAL_MS).toFixed(2)} ×`);
    }
  } finally {
    await room.close();
    await cluster.stop();
  }
  const median = ratios.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
  console.log(`median ${median.toFixed(2)} × the ideal; bound ${BOUND} × ${median <= BOUND ? "ok" : "TOO SLOW"}`);
  if (median > BOUND) process.exitCode = 1;
}

await main();
