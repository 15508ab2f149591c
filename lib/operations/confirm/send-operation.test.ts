import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { previewTransfer } from "../kinds/transfer/preview-transfer";
import { transferKind } from "../kinds/transfer/transfer-kind";
import { confirmOperation } from "./confirm-operation";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

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
  { commit: "sent", nth: 2, state: "sent" },
])("a given-up commit of “$commit” that did happen makes no call", async ({ nth, state }) => {
  const ctx = room.as("operator");
  const paid = [...room.sandbox.store.cards.values()].filter(
    (row) => "12345".includes(row.type) && row.user_phone && Number(row.api_limit) >= 50,
  );
  const [source, target] = paid.slice(nth * 2, nth * 2 + 2);
  const ids = { sourceId: source?.id ?? "", targetId: target?.id ?? "" };
  const shown = await previewTransfer({ ctx, input: { ...ids, amount: 10 } });
  const operationId = shown.draft?.operationId ?? "";
  const confirmed = confirmOperation({ ctx: losingCommit(ctx, nth), kind: transferKind, input: { operationId } });
  await expect(confirmed).rejects.toMatchObject({ code: "unavailable", key: "journal_unavailable" });
  expect(room.sandbox.store.journal.filter((row) => row.kind === "transfer")).toEqual([]);
  const [row] = await database().db.select().from(operation).where(eq(operation.id, operationId));
  expect(row?.state).toBe(state);
});
