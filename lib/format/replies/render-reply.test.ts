import { describe, expect, test } from "vitest";
import en from "@/messages/en/types.json";
import zh from "@/messages/zh-CN/types.json";
import { possibleReplies, type ReplyCard, type ReplyFacts, renderReply, suggestedReply } from "./render-reply";
import { defaultTemplates, PLACEHOLDERS, REPLY_KINDS, REPLY_LANGUAGES, templateProblem } from "./reply-templates";
import { replyWords } from "./reply-words";

const first: ReplyCard = { maskedCode: "••••1GDw", type: "2", balance: 1_267, readAt: "2026-11-24T04:26:40Z" };
const second: ReplyCard = { maskedCode: "••••T2kQ", type: "0", balance: 50, readAt: "2026-11-24T03:00:00Z" };
const facts: ReplyFacts = {
  userName: "琳琅",
  maskedPhone: "159****8888",
  cards: [first, second],
  count: 2,
  total: { calls: 1_317, unlimited: false, unread: 0 },
  card: first,
  transfer: { side: "source", amount: 260, at: "2026-11-24T02:00:00Z" },
  pending: null,
};
const zhCN = { language: "zh-CN", zone: "Asia/Shanghai" } as const;
const inEnglish = { language: "en", zone: "Asia/Shanghai" } as const;
const render = (
  kind: (typeof REPLY_KINDS)[number],
  changes: Partial<ReplyFacts> = {},
  place: typeof zhCN | typeof inEnglish = zhCN,
) => renderReply(kind, defaultTemplates[place.language][kind], { ...facts, ...changes }, place);

describe("the shipped templates", () => {
  test("are sound, in both languages", () => {
    for (const language of REPLY_LANGUAGES)
      for (const kind of REPLY_KINDS) expect(templateProblem(kind, defaultTemplates[language][kind]), kind).toBeNull();
  });

  test("tell a balance with the time it was read, in the given zone", () => {
    expect(render("balance")).toBe("您好，您尾号 1GDw 的卡（九尾狐）当前剩余 1,267 次（核对于 2026-11-24 12:26）。");
    expect(render("balance", { card: { ...first, balance: 1 } }, inEnglish)).toBe(
      "Hello, your card ending in 1GDw (Jiuweihu) has 1 call left (checked at 2026-11-24 12:26).",
    );
  });

  test("tell all cards with the oldest of their readings", () => {
    expect(render("cards")).toBe(
      "您好，您名下共有 2 张卡，合计剩余 1,317 次（核对于 2026-11-24 11:00）：\n尾号 1GDw（九尾狐）：1,267 次\n尾号 T2kQ（免费体验卡）：50 次",
    );
  });

  test("tell a transfer from the customer's own side", () => {
    expect(render("transfer")).toContain("已于 2026-11-24 10:00 转出 260 次，当前剩余 1,267 次");
    const transfer = { side: "target", amount: 1, at: "2026-11-24T02:00:00Z" } as const;
    expect(render("transfer", { transfer }, inEnglish)).toContain("1 call moved in at 2026-11-24 10:00");
  });

  test("promise no earlier minute than the outcome's, and none where there is none", () => {
    const pending = { kind: "transfer", sentAt: "2026-11-24T02:00:00Z", until: "2026-11-24T02:05:01Z" } as const;
    expect(render("unknown", { pending })).toContain("我们最迟于 2026-11-24 10:06 答复您");
    expect(render("unknown", { pending: { ...pending, until: null } }, inEnglish)).toContain("as soon as it is known");
  });
});

test("an unknown balance is never a number, and a total that lacks one says so", () => {
  const card = { ...first, balance: null };
  expect(render("balance", { card })).toContain("剩余 暂未核对到");
  expect(render("cards", { total: { calls: 50, unlimited: false, unread: 1 } })).toContain("合计剩余 至少 50 次");
  expect(render("cards", { total: { calls: 50, unlimited: true, unread: 0 } })).toContain("合计剩余 不限次数");
});

test("more cards than are listed are counted", () => {
  const cards = Array.from({ length: 30 }, () => first);
  const text = render("cards", { cards, count: 45 });
  expect(text.split("\n")).toHaveLength(22);
  expect(text).toMatch(/另有 25 张$/);
});

test("what a customer calls themselves is neither a placeholder nor a line of its own", () => {
  const text = renderReply("balance", "{name}：{balance}（{readAt}）", { ...facts, userName: "{phone}\n余额 9" }, zhCN);
  expect(text).toBe("{phone} 余额 9：1,267 次（2026-11-24 12:26）");
});

test("what is not known is a dash, never an empty place", () => {
  const nameless = { ...facts, userName: " ", maskedPhone: null, card: { ...first, maskedCode: "••••", type: "77" } };
  expect(renderReply("balance", "{name} {phone} {code} {type}", nameless, zhCN)).toBe("— — — 其他类型");
});

test("a reply is offered only where what it says is known", () => {
  expect(possibleReplies(facts)).toEqual(["balance", "cards", "transfer"]);
  expect(possibleReplies({ ...facts, card: null })).toEqual(["cards"]);
  expect(possibleReplies({ ...facts, cards: [], count: 0, card: null })).toEqual([]);
  expect(possibleReplies({ ...facts, card: { ...first, balance: null } })).not.toContain("empty");
});

test("an open outcome is suggested before everything; of several cards all, of one whether it is empty or what it has", () => {
  const pending = { kind: "transfer", sentAt: "2026-11-24T02:00:00Z", until: null } as const;
  expect(suggestedReply({ ...facts, pending })).toBe("unknown");
  const empty = { ...first, balance: 0 };
  expect(suggestedReply({ ...facts, cards: [empty, second], card: empty })).toBe("cards");
  expect(suggestedReply({ ...facts, cards: [empty], count: 1, card: empty })).toBe("empty");
  expect(suggestedReply(facts)).toBe("cards");
  expect(suggestedReply({ ...facts, cards: [first], count: 1 })).toBe("balance");
  expect(suggestedReply({ ...facts, cards: [], count: 0, card: null })).toBeNull();
});

describe("templateProblem", () => {
  test.each([
    ["balance", "{amount}{readAt}", "unknown_placeholder"],
    ["balance", "{ balance } {readAt}", "unknown_placeholder"],
    ["balance", "{}{readAt}", "unknown_placeholder"],
    ["cards", "{code}{readAt}", "unknown_placeholder"],
    ["balance", "剩余 {balance}", "reading_time_missing"],
    ["cards", "{total}", "reading_time_missing"],
    ["empty", "用完了", "reading_time_missing"],
    ["transfer", "{transfer}", null],
    ["unknown", "{promise}答复您", null],
    ["balance", "a brace { alone, {balance} {readAt}", null],
  ] as const)("%s: %s is %s", (kind, text, problem) => {
    expect(templateProblem(kind, text)).toBe(problem);
  });

  test("no placeholder names anything of another customer or of the console's users", () => {
    const names = new Set<string>(Object.values(PLACEHOLDERS).flat());
    for (const name of ["source", "target", "other", "actor", "note", "reference", "id"])
      expect(names).not.toContain(name);
  });
});

test("card types have the names the console shows", () => {
  for (const [language, { card }] of [
    ["zh-CN", zh],
    ["en", en],
  ] as const) {
    const { unknown: _unknown, ...types } = card;
    expect(replyWords[language].types).toEqual(types);
  }
});
