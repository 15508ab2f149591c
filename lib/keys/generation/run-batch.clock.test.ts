import { afterAll, beforeAll, expect, test } from "vitest";
import { upstreamHealth } from "@/lib/upstream";
import { changeOptions } from "@/sandbox/core/options";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { getBatch } from "../batches/get-batch";
import { resumeBatch } from "../batches/resume-batch";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
  room.setEnv({ POTATO_SIGN: "v1", POTATO_SIGN_SECRET: room.sandbox.credentials.potatoSignSecret });
  upstreamClock({ sign: "v1", timeToleranceMs: 300_000 });
});
afterAll(() => room.close());

const upstreamClock = (options: object) => changeOptions(room.sandbox.context.state.options, options);
const pausedOf = async (batchId: string) => {
  const { state, pausedReason, pausedDetails, pausedClockOffsetMs } = await getBatch({
    ctx: room.as("support"),
    input: { batchId },
  });
  return { state, pausedReason, pausedDetails, pausedClockOffsetMs };
};

test.each([600_000, -600_000])(
  "a clock that is %i ms off is named as such, with the difference",
  async (clockSkewMs) => {
    upstreamClock({ clockSkewMs: { potato: clockSkewMs } });
    const id = await room.create(2, 10);
    await room.run(id);
    const { pausedClockOffsetMs, ...paused } = await pausedOf(id);
    expect(paused).toEqual({ state: "paused", pausedReason: "clock_skew", pausedDetails: "验签失败：time已过期" });
    expect(Math.abs((pausedClockOffsetMs ?? 0) - clockSkewMs)).toBeLessThan(60_000);
    const health = upstreamHealth().find(({ upstream }) => upstream === "potato");
    expect(Math.abs((health?.clockOffsetMs ?? 0) - clockSkewMs)).toBeLessThan(60_000);
    expect(room.callsFor(2)).toEqual([]);

    upstreamClock({ clockSkewMs: { potato: 0 } });
    await resumeBatch({ ctx: room.as("operator"), input: { batchId: id } });
    await room.run(id);
    expect(await pausedOf(id)).toMatchObject({ state: "done", pausedReason: null, pausedClockOffsetMs: null });
    await room.sandbox.reset();
  },
);

test("a clock that goes wrong between the reading and the call: the chunk is unknown, and the batch says why", async () => {
  const id = await room.create(2, 10);
  await room.fault({ fault: "wrong-signature", effect: "never", match: { count: 1 } });
  upstreamClock({ clockSkewMs: { potato: 120_000 } });
  await room.run(id);
  expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown", reason: "bad_signature" }]);
  const paused = await pausedOf(id);
  expect(paused).toMatchObject({ state: "paused", pausedReason: "clock_skew" });
  expect(Math.abs((paused.pausedClockOffsetMs ?? 0) - 120_000)).toBeLessThanOrEqual(2_000);
});
