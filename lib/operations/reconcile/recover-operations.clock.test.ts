import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { transferKind } from "@/lib/operations";
import { espai } from "@/lib/upstream";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { DEADLINE_MS } from "@/test/support/pass-deadline";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { recoverOperations } from "./recover-operations";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await room.clear();
});
const Q_MS = 600_000;
const LONGEST_MS = 2 * DEADLINE_MS + 5_000;

test("a clock set forward while a call is out: recovery takes it over, and 'not applied' waits until it must have ended", async () => {
  const mine = await desk.transfer(desk.card(100), desk.card(5), 30);
  const { transfer } = espai();
  const [begun, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  vi.spyOn(espai(), "transfer").mockImplementation(async (input) => {
    begun.resolve();
    await released.promise;
    return transfer(input);
  });
  const confirmed = mine.confirm();
  await begun.promise;
  // An hour forward: the living call seems to stand too long.
  const hour = 3_600_000;
  const ahead = (ms: number) => room.as("admin", () => new Date(Date.now() + hour + ms));
  expect(await recoverOperations({ ctx: ahead(0) })).toEqual({ unknown: 1, notSent: 0 });
  // The call may still take LONGEST_MS; its end by the monotonic clock is unknown, so the quiet period begins after that.
  const look = async (ms: number) => {
    room.elapse(ms);
    await transferKind.reconcile(ahead(ms), await desk.row(mine.id));
  };
  await look(Q_MS + 1_000);
  expect(await desk.state(mine.id)).toBe("unknown");
  await look(LONGEST_MS + Q_MS + 1_000);
  expect(await desk.state(mine.id)).toBe("not_applied");
  released.resolve();
  await confirmed;
});
