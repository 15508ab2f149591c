import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { database } from "@/lib/db/client";
import { audit, card, dailyUsage, operation, operationCard, setting, user } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { pauseWrites, resumeWrites } from "@/lib/settings";
import { settingDefaults } from "@/lib/settings/schemas";
import { espai } from "@/lib/upstream";
import type { RefusalReason, WriteOutcome } from "@/lib/upstream/types";
import type { FaultRuleInput } from "@/sandbox/faults/fault-rule";
import type { CardRow } from "@/sandbox/store/card-row";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { destroyKind } from "../kinds/destroy/destroy-kind";
import { previewDestroy } from "../kinds/destroy/preview-destroy";
import { previewTransfer } from "../kinds/transfer/preview-transfer";
import { transferKind } from "../kinds/transfer/transfer-kind";
import { getOperation } from "../read/get-operation";
import { reconcileNow } from "../reconcile/reconcile-now";
import { confirmOperation } from "./confirm-operation";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await room.clear();
});

/** Paid, redeemed cards with a countable balance; each test takes its own two, so that none waits for another's lock. */
let used = 0;
function freshPair(): [CardRow, CardRow] {
  const paid = [...room.sandbox.store.cards.values()].filter(
    (row) => "12345".includes(row.type) && row.user_phone && Number(row.api_limit) >= 50,
  );
  const pair = paid.slice(used, used + 2);
  used += 2;
  return pair as [CardRow, CardRow];
}

const transfers = () => room.sandbox.store.journal.filter((row) => row.kind === "transfer");
const fault = (rule: FaultRuleInput) => room.sandbox.addFaults([{ match: { kind: "transfer" }, ...rule }]);

async function preview(amount = 10, [source, target] = freshPair()) {
  const ctx = room.as("operator");
  const before = { source: Number(source.api_limit), target: Number(target.api_limit) };
  const shown = await previewTransfer({ ctx, input: { sourceId: source.id, targetId: target.id, amount } });
  const confirm = () =>
    confirmOperation({ ctx, kind: transferKind, input: { operationId: shown.draft?.operationId ?? "" } });
  return { ctx, source, target, before, shown, confirm, id: shown.draft?.operationId ?? "" };
}

test("a transfer is previewed from live balances, sent once, and recorded with its audit", async () => {
  const { shown, before, source, target, confirm, id } = await preview(10);
  expect(shown.source.after).toBe(before.source - 10);
  expect(shown.target.after).toBe(before.target + 10);
  const calls = transfers().length;

  const done = await confirm();

  expect(done.state).toBe("done");
  expect(transfers().length).toBe(calls + 1);
  expect(Number(source.api_limit)).toBe(before.source - 10);
  expect(Number(target.api_limit)).toBe(before.target + 10);
  const { db } = database();
  const trail = await db.select({ action: audit.action }).from(audit).where(eq(audit.targetId, id)).orderBy(audit.id);
  expect(trail.map((row) => row.action)).toEqual(["operation.confirmed", "operation.done"]);
  const [mirrored] = await db.select().from(card).where(eq(card.id, source.id));
  expect(mirrored?.balance).toBe(before.source - 10);
  const locks = await db.select().from(operationCard).where(eq(operationCard.operationId, id));
  expect(locks.map((row) => row.open)).toEqual([false, false]);
});

test("20 confirmations of one preview at once make one call; later ones get the stored state", async () => {
  const { confirm, id } = await preview();
  const calls = transfers().length;
  const states = await Promise.all(Array.from({ length: 20 }, () => confirm().then((view) => view.state)));
  expect(transfers().length).toBe(calls + 1);
  expect(states.filter((state) => state === "done").length).toBeGreaterThanOrEqual(1);
  expect((await confirm()).state).toBe("done");
  expect(transfers().length).toBe(calls + 1);
  expect((await getOperation({ ctx: room.as("support"), input: { operationId: id }, kinds })).readings).toHaveLength(1);
});

test("somebody else's preview, another kind's, an unknown id and an expired one send nothing", async () => {
  const { id, shown } = await preview();
  const calls = transfers().length;
  const input = { operationId: id };
  const other = room.as("admin");
  await expect(confirmOperation({ ctx: other, kind: transferKind, input })).rejects.toMatchObject({
    code: "not_found",
  });
  const ctx = room.as("operator");
  await expect(confirmOperation({ ctx, kind: destroyKind, input })).rejects.toMatchObject({ code: "not_found" });
  const nobodys = { operationId: "00000000-0000-4000-8000-000000000000" };
  await expect(confirmOperation({ ctx, kind: transferKind, input: nobodys })).rejects.toMatchObject({
    code: "not_found",
  });
  const late = room.as("operator", () => new Date(Date.parse(shown.draft?.expiresAt ?? "") + 1));
  await expect(confirmOperation({ ctx: late, kind: transferKind, input })).rejects.toMatchObject({ code: "expired" });
  expect(transfers().length).toBe(calls);
});

test("a source in daily use goes on while it still covers the amount; the balances just read are the baseline", async () => {
  const { confirm, source, target, before, id } = await preview(10);
  room.sandbox.activity.consume(source, 3);
  room.sandbox.activity.consume(target, 2);
  const calls = transfers().length;
  expect((await confirm()).state).toBe("done");
  expect(transfers().length).toBe(calls + 1);
  const baseline = { kind: "balances", source: before.source - 3, target: before.target - 2 };
  const { db } = database();
  const [row] = await db.select().from(operation).where(eq(operation.id, id));
  expect(row?.baseline).toEqual(baseline);
  expect(Number(source.api_limit)).toBe(before.source - 13);
  const [mirrored] = await db.select().from(card).where(eq(card.id, source.id));
  expect(mirrored?.balance).toBe(before.source - 13);
});

test("what would go over the user's daily limit is refused before anything is sent, and audited", async () => {
  const { db } = database();
  const value = { ...settingDefaults.daily_limits, operator: { callsMoved: 25, cardsDestroyed: 0, keysMade: 0 } };
  await db.insert(setting).values({ key: "daily_limits", value });
  await db.delete(dailyUsage);
  const previews = [await preview(10), await preview(10), await preview(10)];
  const calls = transfers().length;
  const results = await Promise.allSettled(previews.map(({ confirm }) => confirm()));
  await db.delete(setting).where(eq(setting.key, "daily_limits"));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(transfers().length).toBe(calls + 2);
  const refused = previews[results.findIndex(({ status }) => status === "rejected")];
  if (!refused) throw new Error("none was refused");
  const trail = await db.select().from(audit).where(eq(audit.targetId, refused.id));
  const detail = { measure: "callsMoved", asked: 10, used: 20, limit: 25 };
  expect(trail).toMatchObject([{ action: "limit.reached", outcome: "refused", detail }]);
  // The draft is as it was: it goes through once the limit allows it.
  expect((await refused.confirm()).state).toBe("done");
});

test.each<[string, string, (pair: { source: CardRow; target: CardRow }) => void]>([
  [
    "a source that does not cover the amount any more",
    "changed",
    ({ source }) => Object.assign(source, { api_limit: 9 }),
  ],
  ["a source whose balance rose", "changed", ({ source }) => room.sandbox.activity.topUp(source, 1)],
  ["a target whose balance rose", "changed", ({ target }) => room.sandbox.activity.topUp(target, 1)],
  [
    "a source whose balance is no number any more",
    "changed",
    ({ source }) => Object.assign(source, { api_limit: "不限" }),
  ],
  [
    "a used source with another owner",
    "changed",
    ({ source }) => Object.assign(source, { api_limit: 40, user_phone: 13_811_112_222 }),
  ],
  ["a used source of another type", "changed", ({ source }) => Object.assign(source, { api_limit: 40, type: "9" })],
])("%s sends nothing and leads back to the preview", async (_, reason, change) => {
  const { confirm, source, target } = await preview(10);
  change({ source, target });
  const calls = transfers().length;
  expect(await confirm()).toMatchObject({ state: "not_sent", reason, retryable: true });
  expect(transfers().length).toBe(calls);
});

test("an empty card that is to be destroyed must be exactly as previewed", async () => {
  const [row] = freshPair();
  row.api_limit = 0;
  const ctx = room.as("operator");
  const { rows } = await previewDestroy({ ctx, input: { cardIds: [row.id] } });
  row.api_limit = 1;
  const input = { operationId: rows[0]?.draft?.operationId ?? "" };
  const view = await confirmOperation({ ctx, kind: destroyKind, input });
  expect(view).toMatchObject({ state: "not_sent", reason: "changed" });
  expect(room.sandbox.store.cards.has(row.id)).toBe(true);
});

test("cards are locked while a call runs and stay locked while its outcome is unknown; the loser learns who holds them", async () => {
  const pair = freshPair();
  const first = await preview(10, pair);
  const second = await preview(5, [pair[1], pair[0]]);
  await fault({ fault: "hang", effect: "before" });
  const calls = transfers().length;
  const hanging = first.confirm();
  await expect.poll(() => transfers().length).toBe(calls + 1);
  const busy = { code: "busy", params: { operationId: first.id } };
  await expect(second.confirm()).rejects.toMatchObject(busy);
  room.sandbox.context.held.release();
  expect((await hanging).state).toBe("unknown");
  await expect(second.confirm()).rejects.toMatchObject(busy);
  const third = await preview(5, pair);
  expect(third.shown.draft).toBeNull();
  expect(third.shown.lockOwners.map((owner) => owner.operationId)).toEqual([first.id, first.id]);
});

test.each([
  ["failure-listed", "never", "refused"],
  ["failure-unlisted", "never", "unknown"],
  ["failure-unlisted", "before", "unknown"],
  ["reset", "before", "unknown"],
  ["cut-with-length", "before", "unknown"],
  ["html-502", "never", "unknown"],
  ["429-seconds", "never", "unknown"],
  ["redirect-other", "never", "unknown"],
  ["empty", "before", "unknown"],
] as const)("answer %s with effect %s is %s, and never called again", async (name, effect, state) => {
  const { confirm } = await preview();
  await fault({ fault: name, effect });
  const calls = transfers().length;
  expect((await confirm()).state).toBe(state);
  await confirm();
  expect(transfers().length - calls).toBeLessThanOrEqual(1);
});

test("a refusal that comes after the effect is unknown, stays locked, and the readings find out that it happened", async () => {
  const { source, target, before, confirm, id } = await preview(10);
  refuseAfter("transfer");
  const view = await confirm();
  expect(view).toMatchObject({ state: "unknown", reason: "refusal_contradicted", retryable: false });
  const { db } = database();
  const mirrored = async ({ id }: CardRow) => (await db.select().from(card).where(eq(card.id, id)))[0]?.balance;
  expect([await mirrored(source), await mirrored(target)]).toEqual([before.source - 10, before.target + 10]);
  const locks = await db.select().from(operationCard).where(eq(operationCard.operationId, id));
  expect(locks.map((row) => row.open)).toEqual([true, true]);
  const found = await reconcileNow({ ctx: room.as("admin"), input: { operationId: id }, kinds });
  expect(found.state).toBe("applied");
  const { readings } = await getOperation({ ctx: room.as("support"), input: { operationId: id }, kinds });
  expect(readings.map((reading) => reading.conclusion)).toEqual(["before", "applied", "applied"]);
});

test("a refusal is recorded with the reading that bears it out; one that can't be checked is unknown", async () => {
  const refused = await preview(10);
  await fault({ fault: "failure-listed", effect: "never" });
  expect(await refused.confirm()).toMatchObject({ state: "refused", retryable: true });
  const ctx = room.as("support");
  const { readings } = await getOperation({ ctx, input: { operationId: refused.id }, kinds });
  expect(readings.map((reading) => reading.conclusion)).toEqual(["before", "pending"]);
  await room.clear();

  const unchecked = await preview(10);
  refuseAfter("transfer", () => room.sandbox.addFaults([{ match: { kind: "list" }, fault: "html-502" }]));
  expect(await unchecked.confirm()).toMatchObject({ state: "unknown", reason: "refusal_unchecked", retryable: false });
});

test("a refusal after the effect is unknown too where use since makes the cards look as if nothing had happened", async () => {
  const { target, confirm } = await preview(10);
  refuseAfter("transfer", async () => room.sandbox.activity.consume(target, 10));
  expect(await confirm()).toMatchObject({ state: "unknown", reason: "refusal_undecided", retryable: false });
});

test("no such card, after the source was debited and the target had vanished, is not proven: unknown, both held", async () => {
  const { id, target, confirm } = await preview(10);
  refuseAfter("transfer", async () => room.sandbox.store.cards.delete(target.id), "card_not_found");
  expect(await confirm()).toMatchObject({ state: "unknown", retryable: false });
  const locks = await database().db.select().from(operationCard).where(eq(operationCard.operationId, id));
  expect(locks.map((row) => row.open)).toEqual([true, true]);
});

test("a destroy that was refused after the card was gone is unknown; no such card is what the reading says too", async () => {
  const state = async (reason: RefusalReason) => {
    const [row] = freshPair();
    row.api_limit = 0;
    const ctx = room.as("operator");
    const { rows } = await previewDestroy({ ctx, input: { cardIds: [row.id] } });
    refuseAfter("destroyCard", async () => {}, reason);
    const input = { operationId: rows[0]?.draft?.operationId ?? "" };
    return (await confirmOperation({ ctx, kind: destroyKind, input })).state;
  };
  expect(await state("no_permission")).toBe("unknown");
  expect(await state("card_not_found")).toBe("refused");
});

/** Let the next call take effect, and its answer be a refusal all the same. */
function refuseAfter(
  call: "transfer" | "destroyCard",
  then: () => Promise<unknown> = async () => {},
  reason: RefusalReason = "no_permission",
) {
  const client = espai();
  const refuse = async (outcome: WriteOutcome<null>): Promise<WriteOutcome<null>> => {
    await then();
    return { kind: "refused", reason, message: "登录已过期", trace: outcome.trace };
  };
  const { transfer, destroyCard } = client;
  if (call === "transfer")
    vi.spyOn(client, "transfer").mockImplementationOnce(async (input) => refuse(await transfer(input)));
  else vi.spyOn(client, "destroyCard").mockImplementationOnce(async (id) => refuse(await destroyCard(id)));
}

test("when the cards can't be read again nothing is sent, the cards are free, and it may be tried again once", async () => {
  const pair = freshPair();
  const first = await preview(10, pair);
  const ctx = room.as("operator");
  await room.sandbox.addFaults([{ match: { kind: "list" }, fault: "html-502", effect: "never" }]);
  expect(await first.confirm()).toMatchObject({ state: "not_sent", reason: "read_failed", retryable: true });
  await room.clear();

  const input = { sourceId: pair[0].id, targetId: pair[1].id, amount: 10, retryOf: first.id };
  const [a, b] = [await previewTransfer({ ctx, input }), await previewTransfer({ ctx, input })];
  const confirm = (id = "") => confirmOperation({ ctx, kind: transferKind, input: { operationId: id } });
  expect((await confirm(a.draft?.operationId)).state).toBe("done");
  await expect(confirm(b.draft?.operationId)).rejects.toMatchObject({ code: "conflict", key: "already_retried" });
});

test("a retry is of the same thing: another kind's or other cards' operation can't be used up by it", async () => {
  const { id } = await preview(10);
  const [source, target] = freshPair();
  const input = { sourceId: source.id, targetId: target.id, amount: 10, retryOf: id };
  await expect(previewTransfer({ ctx: room.as("operator"), input })).rejects.toMatchObject({ code: "not_found" });
});

test("destroying says beforehand which cards can't be, and destroys each of the others on its own", async () => {
  const rows = [...room.sandbox.store.cards.values()];
  const empty = rows.filter((row) => "12345".includes(row.type) && Number(row.api_limit) === 0).slice(0, 2);
  const full = rows.find((row) => row.type === "1" && Number(row.api_limit) > 0);
  const trial = rows.find((row) => row.type === "0");
  const ctx = room.as("operator");
  const cardIds = [...empty, full, trial].flatMap((row) => (row ? [row.id] : []));
  const shown = await previewDestroy({ ctx, input: { cardIds } });
  expect(shown.ready).toBe(2);
  expect(shown.rows.map((row) => row.problems.map((p) => p.key))).toEqual([
    [],
    [],
    ["balance_not_zero"],
    expect.arrayContaining(["trial_card"]),
  ]);
  for (const row of shown.rows) {
    if (!row.draft) continue;
    const input = { operationId: row.draft.operationId };
    expect((await confirmOperation({ ctx, kind: destroyKind, input })).state).toBe("done");
    expect(room.sandbox.store.cards.has(row.cardId)).toBe(false);
    const [mirrored] = await database().db.select().from(card).where(eq(card.id, row.cardId));
    expect(mirrored?.goneAt).toBeInstanceOf(Date);
  }
});

test.each([
  [
    "writes are paused",
    "writes_paused",
    () => pauseWrites({ ctx: room.as("admin"), input: { reason: "演练" } }),
    () => resumeWrites({ ctx: room.as("admin"), input: { reason: "完毕" } }),
  ],
  ["the role is taken away", "forbidden", () => setRole("support"), () => setRole("operator")],
  ["the person is disabled", "forbidden", () => setDisabled(new Date()), () => setDisabled(null)],
] as const)(
  "when %s while the cards are read again, nothing is sent and the cards are free",
  async (_, key, stop, undo) => {
    const { confirm, id } = await preview();
    const calls = transfers().length;
    const client = espai();
    const { readCardById } = client;
    const read = vi.spyOn(client, "readCardById").mockImplementationOnce(async (cardId) => {
      await stop();
      return readCardById(cardId);
    });
    await expect(confirm()).rejects.toMatchObject({ key });
    read.mockRestore();
    await undo();
    expect(transfers().length).toBe(calls);
    const [row] = await database().db.select().from(operation).where(eq(operation.id, id));
    expect(row).toMatchObject({ state: "not_sent", reason: key });
    const locks = await database().db.select().from(operationCard).where(eq(operationCard.operationId, id));
    expect(locks.map((lock) => lock.open)).toEqual([false, false]);
  },
);

const operatorIs = eq(user.username, "operator");
const setRole = (role: "support" | "operator") => database().db.update(user).set({ role }).where(operatorIs);
const setDisabled = (disabledAt: Date | null) => database().db.update(user).set({ disabledAt }).where(operatorIs);
