import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { batch, operation } from "@/lib/db/schema";
import type { Effect } from "@/sandbox/core/effect";
import type { FaultName } from "@/sandbox/core/fault-names";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  await room.clear();
  await room.sandbox.reset();
  await room.db.update(batch).set({ state: "cancelled" });
  const settled = { state: "settled", settledAs: "not_applied" } as const;
  await room.db.update(operation).set(settled).where(eq(operation.state, "unknown"));
});

const stateOf = async (id: string) => (await room.chunksOf(id)).map((row) => row.state);

describe("every fault with every effect", () => {
  const faults: FaultName[] = [
    "hang",
    "reset",
    "cut-with-length",
    "cut-chunked",
    "empty",
    "non-json",
    "html-502",
    "json-500",
    "429-seconds",
    "redirect-other",
    "wrong-shape",
    "wrong-types",
    "failure-unlisted",
  ];
  const effects: [string, Effect][] = [
    ["never", "never"],
    ["before", "before"],
    ["late", { lateMs: 60 }],
  ];
  const cells = faults.flatMap((fault) => effects.map(([name, effect]) => [fault, name, effect] as const));

  test.each(cells)("%s, effect %s: found out truly, keys upstream are keys recorded", async (fault, name, effect) => {
    await room.fault({ fault, effect, match: { count: 1 } });
    const id = await room.create(2, 10);
    await room.run(id);
    expect(await stateOf(id)).toEqual(["unknown"]);
    if (name !== "never") await vi.waitUntil(() => room.madeOf(2).length === 10, 5_000);
    await room.look(id, room.quiet());
    expect(await stateOf(id)).toEqual([name === "never" ? "not_applied" : "applied"]);
    await room.run(id);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(room.madeOf(2)).toHaveLength(10);
  });
});
