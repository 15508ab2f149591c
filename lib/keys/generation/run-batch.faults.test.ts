import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Effect } from "@/sandbox/core/effect";
import type { FaultName } from "@/sandbox/core/fault-names";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { passDeadline } from "@/test/support/pass-deadline";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(() => room.startAnew());

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
    ["late", { lateMs: 3_600_000 }],
  ];
  const cells = faults.flatMap((fault) => effects.map(([name, effect]) => [fault, name, effect] as const));

  test.each(cells)("%s, effect %s: found out truly, keys upstream are keys recorded", async (fault, name, effect) => {
    await room.fault({ fault, effect, match: { count: 1 } });
    const id = await room.create(2, 10);
    await passDeadline(
      fault,
      () => room.run(id),
      () => room.callsFor(2).length > 0,
    );
    expect(await stateOf(id)).toEqual(["unknown"]);
    room.sandbox.context.delayed.applyAll();
    expect(room.madeOf(2)).toHaveLength(name === "never" ? 0 : 10);
    await room.look(id, room.quiet());
    expect(await stateOf(id)).toEqual([name === "never" ? "not_applied" : "applied"]);
    await room.run(id);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(room.madeOf(2)).toHaveLength(10);
  });
});
