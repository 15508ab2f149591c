import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { espai } from "@/lib/upstream";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";

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

test("'no such card' after the source was debited (the target vanished meanwhile) is not proven: unknown, locked", async () => {
  const [source, target] = [desk.card(100), desk.card(5)];
  const draft = await desk.transfer(source, target, 30);
  const client = espai();
  const { transfer } = client;
  vi.spyOn(client, "transfer").mockImplementationOnce(async (input) => {
    const { trace } = await transfer({ ...input, targetCode: "nonesuch" });
    // Somebody destroyed the target at the upstream between check and call; it took the calls off first, then found no target.
    room.sandbox.store.cards.delete(target.id);
    source.api_limit = 70;
    return { kind: "refused", reason: "card_not_found", message: "目标额度卡不存在", trace };
  });
  expect(await draft.confirm()).toMatchObject({ state: "unknown", retryable: false });
  expect(await desk.held(draft.id)).toBe(2);
});
