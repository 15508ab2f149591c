import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Ctx } from "@/lib/context";
import { readDiskSpace } from "@/lib/core/disk-space";
import { database } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { unrecordedOutcomes } from "@/lib/process/unrecorded-outcomes";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { previewTransfer } from "../kinds/transfer/preview-transfer";
import { transferKind } from "../kinds/transfer/transfer-kind";
import { confirmOperation } from "./confirm-operation";

vi.mock("@/lib/core/disk-space", () => ({ readDiskSpace: vi.fn(() => null) }));

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());
afterEach(() => {
  vi.mocked(readDiskSpace).mockReturnValue(null);
});

let used = 0;
/** A previewed transfer between two cards no other test has used. */
async function preview(ctx: Ctx): Promise<string> {
  const paid = [...room.sandbox.store.cards.values()].filter(
    (row) => "12345".includes(row.type) && row.user_phone && Number(row.api_limit) >= 50,
  );
  const [source, target] = paid.slice(used, used + 2);
  used += 2;
  const ids = { sourceId: source?.id ?? "", targetId: target?.id ?? "" };
  return (await previewTransfer({ ctx, input: { ...ids, amount: 10 } })).draft?.operationId ?? "";
}

const transfers = () => room.sandbox.store.journal.filter((row) => row.kind === "transfer").length;
const stateOf = async (id: string) =>
  (await database().db.select({ state: operation.state }).from(operation).where(eq(operation.id, id)))[0]?.state;

/** What pg says when a statement's time is over; the statement itself, a commit, may still happen. */
const givenUp = () => new Error("Query read timeout");

/** A context whose nth transaction commits, and whose commit is reported as given up. */
function losingCommit(ctx: Ctx, nth: number): Ctx {
  let count = 0;
  const db: Ctx["db"] = Object.create(ctx.db, {
    transaction: {
      value: async (...call: Parameters<Ctx["db"]["transaction"]>) => {
        const result = await ctx.db.transaction(...call);
        count += 1;
        if (count === nth) throw givenUp();
        return result;
      },
    },
  });
  return { ...ctx, db };
}

test.each([
  { commit: "intent", nth: 1, state: "intent" },
  // The second is what was read of the cards.
  { commit: "sent", nth: 3, state: "sent" },
])("a given-up commit of “$commit” that did happen makes no call", async ({ nth, state }) => {
  const ctx = room.as("operator");
  const operationId = await preview(ctx);
  const confirmed = confirmOperation({ ctx: losingCommit(ctx, nth), kind: transferKind, input: { operationId } });
  await expect(confirmed).rejects.toMatchObject({ code: "unavailable", key: "journal_unavailable" });
  expect(transfers()).toBe(0);
  expect(await stateOf(operationId)).toBe(state);
});

test("while the disk is nearly full a confirmation is refused before anything is sent", async () => {
  const ctx = room.as("operator");
  const operationId = await preview(ctx);
  const confirm = () => confirmOperation({ ctx, kind: transferKind, input: { operationId } });
  vi.mocked(readDiskSpace).mockReturnValue({ freeBytes: 1, short: true });
  await expect(confirm()).rejects.toMatchObject({ code: "unavailable", key: "disk_nearly_full" });
  expect(transfers()).toBe(0);
  expect(await stateOf(operationId)).toBe("draft");
  vi.mocked(readDiskSpace).mockReturnValue({ freeBytes: 2 ** 40, short: false });
  expect((await confirm()).state).toBe("done");
});

test("an outcome that finds no room is repeated, and counted while it stands in memory only", async () => {
  const ctx = room.as("operator");
  const operationId = await preview(ctx);
  let full = true;
  let count = 0;
  const db: Ctx["db"] = Object.create(ctx.db, {
    transaction: {
      value: (...call: Parameters<Ctx["db"]["transaction"]>) => {
        count += 1;
        // After the intent, what was read of the cards, and “sent”.
        if (count > 3 && full) return Promise.reject(Object.assign(new Error("no space"), { code: "53100" }));
        return ctx.db.transaction(...call);
      },
    },
  });
  const confirmed = confirmOperation({ ctx: { ...ctx, db }, kind: transferKind, input: { operationId } });
  await expect.poll(unrecordedOutcomes).toBe(1);
  expect(await stateOf(operationId)).toBe("sent");
  full = false;
  expect((await confirmed).state).toBe("done");
  expect(unrecordedOutcomes()).toBe(0);
});
