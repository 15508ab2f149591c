import { expect, test } from "vitest";
import { balanceOf, phoneOf, reshapeCard } from "./reshape";

const row = {
  id: "772868ead56c48d68fd1924aa5ec3aac",
  create_time: 1743506056109,
  update_time: null,
  code: "wNaa1GDw",
  user_id: "87215a4192654cea8781a1a596d23cae",
  api_limit: 500,
  type: "0",
  user_phone: 15916888888,
  user_name: "琳琅",
};

function read(changes: Record<string, unknown> = {}) {
  const drift: string[] = [];
  const result = reshapeCard({ ...row, ...changes }, (field, what) => drift.push(`${field} ${what}`));
  return { result, card: result.ok ? result.value : null, drift };
}

test("the documented row becomes a card, without drift", () => {
  expect(read()).toMatchObject({
    drift: [],
    card: {
      id: row.id,
      code: "wNaa1GDw",
      type: "0",
      balance: 500,
      userId: row.user_id,
      phone: "15916888888",
      userName: "琳琅",
      createdAt: new Date(1743506056109),
      updatedAt: null,
    },
  });
});

test("a card not yet redeemed has no owner", () => {
  const { card, drift } = read({ user_id: null, user_phone: null, user_name: null });
  expect(card).toMatchObject({ userId: null, phone: null, userName: null });
  expect(drift).toEqual([]);
});

test.each([
  [0, 0, []],
  [423, 423, []],
  ["423", 423, ["type"]],
  [" 0 ", 0, ["type"]],
  [-1, "unlimited", []],
  ["-1", "unlimited", ["type"]],
  ["不限", "unlimited", []],
  ["不限次数", "unlimited", []],
  ["Unlimited", "unlimited", []],
  [null, null, ["type"]],
  [undefined, null, ["missing"]],
  ["", null, ["type"]],
  ["1,000", null, ["type"]],
  [1.5, null, ["type"]],
  ["1e3", null, ["type"]],
  [1e300, null, ["type"]],
  [true, null, ["type"]],
  [{}, null, ["type"]],
])("api_limit %j is balance %j", (value, balance, expected) => {
  const drift: string[] = [];
  expect(balanceOf(value, (_field, what) => drift.push(what))).toBe(balance);
  expect(drift).toEqual(expected);
});

test.each([
  [15916888888, "15916888888"],
  ["15916888888", "15916888888"],
  ["+86 159-1688-8888", "8615916888888"],
  [null, null],
  ["", null],
  [0, null],
  ["159****8888", null],
  ["琳琅", null],
  [1.5, null],
  [{}, null],
])("user_phone %j is phone %j", (value, phone) => {
  expect(phoneOf(value, () => {})).toBe(phone);
});

test("a type stays as it is, and a new one is reported as drift", () => {
  expect(read({ type: 3 })).toMatchObject({ card: { type: "3" }, drift: ["type type"] });
  expect(read({ type: "6" })).toMatchObject({ card: { type: "6" }, drift: ["type unknown_value"] });
  expect(read({ type: null })).toMatchObject({ card: { type: "" }, drift: ["type missing"] });
});

test("times out of reach are unknown", () => {
  expect(read({ create_time: "1743506056109" }).card?.createdAt).toEqual(new Date(1743506056109));
  expect(read({ create_time: 9e15 }).card?.createdAt).toBeNull();
  expect(read({ create_time: "yesterday" })).toMatchObject({ card: { createdAt: null }, drift: ["create_time type"] });
});

test("names stay as they are, markup and all, but fit a database", () => {
  const name = `<b>=1+1</b>\u202Eمرحبا🙂`;
  expect(read({ user_name: name }).card?.userName).toBe(name);
  expect(read({ user_name: "a\0b\uD83D" }).card?.userName).toBe("a\uFFFDb\uFFFD");
});

test.each([
  [null, { ok: false, id: null, field: "row" }],
  ["x", { ok: false, id: null, field: "row" }],
  [[], { ok: false, id: null, field: "row" }],
  [{}, { ok: false, id: null, field: "id" }],
  [
    { ...row, id: 12.5 },
    { ok: false, id: null, field: "id" },
  ],
  [
    { ...row, code: null },
    { ok: false, id: row.id, field: "code" },
  ],
  [
    { ...row, code: "" },
    { ok: false, id: row.id, field: "code" },
  ],
  [
    { ...row, code: 1234 },
    { ok: false, id: row.id, field: "code" },
  ],
])("%j is unreadable", (bad, expected) => {
  expect(reshapeCard(bad, () => {})).toEqual(expected);
});

test("a code of eight digits may come as a number", () => {
  expect(read({ code: 12345678 }).card?.code).toBe("12345678");
});

test("a nickname of kilobytes is cut, and such an id or code is unreadable: neither stops the other rows", () => {
  const long = "长".repeat(5_000);
  const { card, drift } = read({ user_name: long, user_phone: "1".repeat(5_000) });
  expect(card).toMatchObject({ userName: long.slice(0, 256), phone: null });
  expect(drift).toEqual(["user_phone unknown_value", "user_name unknown_value"]);
  expect(read({ id: "a".repeat(65) }).result).toEqual({ ok: false, id: null, field: "id" });
  expect(read({ code: "a".repeat(65) }).result).toEqual({ ok: false, id: row.id, field: "code" });
});

test("a time in microseconds is none: the database could not keep it", () => {
  const { card, drift } = read({ create_time: 1_743_506_056_109_000 });
  expect(card).toMatchObject({ createdAt: null });
  expect(drift).toEqual(["create_time type"]);
});
