import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readFaultLab } from "./read-fault-lab";
import { setLatency } from "./set-latency";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { token: "sandbox-token" } });
  room.setEnv({ SANDBOX_URL: room.sandbox.url, SANDBOX_TOKEN: "sandbox-token" });
});
afterAll(() => room.close());

const admin = () => room.as("admin");

test("an upstream is made slow, and the others are not", async () => {
  await setLatency({ ctx: admin(), input: { upstream: "potato", ms: 700 } });
  const { upstreams } = await readFaultLab({ ctx: admin() });
  expect(upstreams.map((each) => each.latencyMs)).toEqual([0, 700, 0]);
});
