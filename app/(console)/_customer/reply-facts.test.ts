import { expect, test } from "vitest";
import type { Customer } from "@/lib/customers/types";
import { renderReply } from "@/lib/format/replies/render-reply";
import { defaultTemplates, REPLY_KINDS } from "@/lib/format/replies/reply-templates";
import { customerCard as card } from "@/test/support/customer-card";
import { firstCard, replyFactsOf } from "./reply-facts";

const customer = (changes: Partial<Customer> = {}): Customer => ({
  ...{ userId: "u", userName: "琳琅", maskedPhone: "159****8888", changes: [], notes: [] },
  cards: [card("own1"), card("own2"), card("gone", { gone: true })],
  others: [card("othr", { userName: "别人", maskedPhone: "159****8888", userId: "v", balance: 777 })],
  totals: { cards: 2, gone: 1, calls: 20, unlimited: 0, unread: 0, trial: 0 },
  ...changes,
});

const lock = {
  ...{ operationId: "o", kind: "transfer" as const, state: "unknown" as const, actorName: "李" },
  ...{ sentAt: "2026-11-24T04:00:00Z", until: null },
};

test("no reply of any kind holds anything of a card that may be another customer's, or of one that is gone", () => {
  const facts = replyFactsOf(customer(), "own1");
  for (const kind of REPLY_KINDS) {
    const text = renderReply(kind, defaultTemplates["zh-CN"][kind], facts, { language: "zh-CN", zone: "UTC" });
    for (const foreign of ["othr", "777", "别人", "gone"]) expect(text, kind).not.toContain(foreign);
  }
});

test("nothing is replied about a card that is gone or that is not theirs", () => {
  for (const id of ["gone", "othr", "none", null]) expect(replyFactsOf(customer(), id).card).toBeNull();
});

test("a reply says neither who moved calls nor for which ticket", () => {
  const facts = replyFactsOf(customer({ cards: [card("own1", { lockedBy: "o", lock })] }), "own1");
  const text = renderReply("unknown", defaultTemplates["zh-CN"].unknown, facts, { language: "zh-CN", zone: "UTC" });
  expect(text).toContain("额度转让");
  expect(text).not.toContain("李");
});

test("a card with an open outcome is what a reply is about first", () => {
  expect(firstCard(customer())).toBe("own1");
  expect(firstCard(customer({ cards: [card("own1"), card("own2", { lockedBy: "o", lock })] }))).toBe("own2");
  expect(firstCard(customer({ cards: [] }))).toBeNull();
});
