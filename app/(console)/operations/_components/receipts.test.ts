import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import type { CardSide } from "@/lib/operations";
import { en } from "@/lib/web/i18n/messages-en";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { type Receipted, receiptsOf } from "./receipts";

const card = (side: Partial<CardSide>): CardSide => ({
  id: "a".repeat(32),
  maskedCode: "••••1GDw",
  maskedPhone: "138****2756",
  userName: "卢梓涛",
  type: "1",
  balance: 1400,
  ...side,
});

const done: Receipted = {
  id: "0c2f8f7e-0000-4000-8000-000000000001",
  kind: "transfer",
  state: "done",
  actorName: "xiao",
  requestId: "req-1",
  createdAt: "2026-11-24T03:52:00.000Z",
  sentAt: "2026-11-24T03:53:00.000Z",
  endedAt: "2026-11-24T03:53:03.000Z",
  finishedAt: "2026-11-24T03:53:03.267Z",
  source: card({}),
  target: card({ maskedCode: "••••nEGn", maskedPhone: "159****2933", userName: "梁阳英", balance: 90 }),
  amount: 100,
  keyType: null,
  count: null,
  baseline: { kind: "balances", source: 1371, target: 90 },
  call: null,
  reason: null,
  upstreamMessage: null,
  nextReconcileAt: null,
  needsManualResolution: null,
  settledAs: null,
  settledReason: null,
  note: "客户换号",
  reference: "T-2041",
  retryOf: null,
  reverses: null,
  merges: false,
  mergeOf: null,
  retryable: false,
  batchId: null,
};

const t = createTranslator({ locale: "zh-CN", messages: zhCN, namespace: "operations" });
const receipts = (operation: Receipted, zone = "Asia/Shanghai") =>
  receiptsOf(operation, { t, state: zhCN.types.operationState[operation.state], what: "转让 100 次", zone });

test("the file's text has everything, in the zone it names", () => {
  expect(receipts(done).file).toBe(
    [
      "Cardesk 操作回执（内部存档）",
      "结果：成功",
      "内容：转让 100 次",
      "转出卡：卢梓涛 138****2756 ••••1GDw",
      "余额：1,371 → 1,271 次",
      "转入卡：梁阳英 159****2933 ••••nEGn",
      "余额：90 → 190 次",
      "时间：2026-11-24 11:53:03（Asia/Shanghai, UTC+8）",
      "操作人：xiao",
      "备注：客户换号",
      "工单号：T-2041",
      "编号：0c2f8f7e-0000-4000-8000-000000000001",
      "请求编号：req-1",
    ].join("\n"),
  );
  expect(receipts(done, "America/New_York").file).toContain("2026-11-23 22:53:03（America/New_York, UTC-5）");
});

test("each customer's text has nothing of the other customer, and nobody's name", () => {
  const { customers } = receipts(done);
  expect(customers.map(({ side }) => side)).toEqual(["source", "target"]);
  const [source, target] = customers.map(({ text }) => text);
  expect(source).toContain("138****2756");
  expect(source).toContain("余额：1,371 → 1,271 次");
  expect(source).not.toMatch(/2933|nEGn|梁阳英|190|xiao|req-1|T-2041|换号/);
  expect(target).toContain("余额：90 → 190 次");
  expect(target).not.toMatch(/2756|1GDw|卢梓涛|1,371|1,271|xiao|req-1/);
});

test("a customer reads which of their cards it was: two may have one phone", () => {
  const merge = receipts({ ...done, merges: true, target: card({ maskedCode: "••••nEGn" }) });
  const [source, target] = merge.customers.map(({ text }) => text.split("\n")[0]);
  expect([source, target]).toEqual([
    "您好，您的额度卡（138****2756 ••••1GDw）：",
    "您好，您的额度卡（138****2756 ••••nEGn）：",
  ]);
});

test.each(["unknown", "sent", "intent"] as const)("while %s, no text says what came of it", (state) => {
  const { file, customers } = receipts({ ...done, state, finishedAt: null });
  for (const text of [file, ...customers.map((customer) => customer.text)]) {
    expect(text).toMatch(/尚未确定，正在核实/);
    expect(text).toContain("→ 核实中");
    expect(text).not.toMatch(/1,271|190|已完成|没有变化/);
  }
  expect(file).toContain("时间：2026-11-24 11:53:00");
});

test("what was not done leaves the balance as it was", () => {
  const { file, customers } = receipts({ ...done, state: "refused", upstreamMessage: "余额不足" });
  expect(file).toContain("余额：1,371 次，没有变化");
  expect(file).toContain("上游原话：余额不足");
  expect(customers[0]?.text).toContain("未完成，没有任何变化");
  expect(customers[0]?.text).not.toContain("余额不足");
});

test("a retry is said to be one, on both sides of it", () => {
  const retry = receipts({ ...done, retryOf: "old-id" });
  expect(retry.file).toContain("重试自：old-id");
  expect(retry.customers[0]?.text).toContain("这是对先前一次未生效操作的重试");
  const retried = receipts({ ...done, state: "not_applied", retriedBy: "new-id" });
  expect(retried.file).toContain("已由此操作重试：new-id");
  expect(retried.customers[0]?.text).toContain("之后已重试");
});

test("what gives back, and what is a half of a merge, say so, on both sides and without the other customer", () => {
  const back = receipts({ ...done, reverses: "first-id" });
  expect(back.file).toContain("退回的转让：first-id");
  for (const { text } of back.customers) expect(text).toContain("这是对先前一次转让的退回");
  const given = receipts({ ...done, reversedBy: "back-id" });
  expect(given.file).toContain("退回操作：back-id");
  for (const { text } of given.customers) expect(text).toContain("之后另有一笔退回操作");
  const merge = receipts({ ...done, merges: true, mergedBy: "end-id" });
  expect(merge.file).toContain("合并：转出全部余额，以便销毁这张卡");
  expect(merge.file).toContain("销毁操作：end-id");
  for (const { text } of merge.customers) expect(text).toContain("这是合并两张卡的一步");
  const end = receipts({ ...done, kind: "destroy", target: null, amount: null, mergeOf: "merge-id" });
  expect(end.file).toContain("合并的转让：merge-id");
  expect(end.customers[0]?.text).toContain("这是合并两张卡的一步");
  for (const { text } of [...back.customers, ...given.customers, ...merge.customers, ...end.customers])
    expect(text).not.toMatch(/(first|back|merge|end)-id/);
  expect(receipts(done).file + receipts(done).customers.map(({ text }) => text)).not.toMatch(/退回|合并/);
});

test("what a person settled says so, and who", () => {
  const settled = { ...done, state: "settled", settledAs: "not_applied", settledByName: "boss" } as const;
  expect(receipts(settled).file).toContain("认定为未生效 · boss");
  expect(receipts(settled).file).toContain("1,371 次，没有变化");
});

test("a destroyed card has one customer; generated keys have none", () => {
  const destroyed = receipts({ ...done, kind: "destroy", target: null, amount: null, source: card({ balance: 0 }) });
  expect(destroyed.customers).toHaveLength(1);
  expect(destroyed.customers[0]?.text).toContain("余额：0 → 已销毁");
  expect(receipts({ ...done, kind: "generate", source: null, target: null }).customers).toEqual([]);
});

test("it is there in English", () => {
  const english = createTranslator({ locale: "en", messages: en, namespace: "operations" });
  const { file } = receiptsOf(done, {
    t: english,
    state: en.types.operationState.done,
    what: "Transfer 100 calls",
    zone: "UTC",
  });
  expect(file).toContain("Time: 2026-11-24 03:53:03 (UTC)");
});
