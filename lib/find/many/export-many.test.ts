import { createHash } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "@/lib/core/roles";
import { audit, card, setting } from "@/lib/db/schema";
import { settingDefaults } from "@/lib/settings/schemas";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { exportMany, type ManyExportLabels } from "./export-many";

let room: TestRoom;
const at = new Date("2026-09-21T06:03:00Z");
const id = (letter: string) => letter.repeat(32);
const base = { type: "1", balance: 10, firstSeenAt: at, readAt: at, createdAt: at };

beforeAll(async () => {
  room = await openTestRoom();
  await room
    .as("admin")
    .db.insert(card)
    .values([
      { ...base, id: id("a"), code: "wNaa1GDw", phone: "15916888888", userName: "=1+1" },
      { ...base, id: id("b"), code: "Qx7RmT2k", phone: "15916888888", userName: "琳琅" },
    ]);
});
afterAll(() => room.close());

const labels: ManyExportLabels = {
  header: {
    line: ["行", "内容", "结果"],
    amount: "数量",
    card: ["编号", "码", "类型", "昵称", "手机", "余额", "状态"],
  },
  result: ({ result, duplicateOf }) => `${result}${duplicateOf ?? ""}`,
  typeName: (type) => `类型${type}`,
  state: ({ gone }) => (gone ? "已消失" : "已兑换"),
  unlimited: "不限",
  name: (count) => ["额度卡", "批量查找", `${count}行`],
};
const take = (role: Role, text: string, format: "csv" | "xlsx" = "csv") =>
  exportMany({ ctx: room.as(role, () => at), input: { text, from: 0, format }, labels });
const linesOf = async (response: Response) => (await response.text()).split("\r\n").slice(0, -1);
const TEXT = "19900000000\t5\n15916888888\t7\nwNaa1GDw\t1";

test("every line in its order, a row for each card, amounts once, whole for an operator", async () => {
  const response = await take("operator", TEXT);
  expect(decodeURIComponent(response.headers.get("content-disposition") ?? "")).toContain(
    "额度卡_批量查找_3行_20260921-1403.csv",
  );
  expect(await linesOf(response)).toEqual([
    "行,内容,结果,数量,编号,码,类型,昵称,手机,余额,状态",
    "1,19900000000 5,missing,5,,,,,,,",
    `2,15916888888 7,several,7,${id("a")},wNaa1GDw,类型1,"'=1+1","\t15916888888",10,已兑换`,
    `2,15916888888 7,several,,${id("b")},Qx7RmT2k,类型1,琳琅,"\t15916888888",10,已兑换`,
    `3,wNaa1GDw 1,found,1,${id("a")},wNaa1GDw,类型1,"'=1+1","\t15916888888",10,已兑换`,
  ]);
});

test("support's file has them masked, but for what was pasted", async () => {
  const text = (await linesOf(await take("support", id("b")))).join("\n");
  expect(text).toContain("159****8888");
  expect(text).not.toMatch(/15916888888|Qx7RmT2k/);
});

test("it is audited as an export of these cards, with the file's hash, before it goes out; a sheet too", async () => {
  const response = await take("operator", TEXT, "xlsx");
  const bytes = new Uint8Array(await response.arrayBuffer());
  const [row] = await room
    .as("admin")
    .db.select()
    .from(audit)
    .where(eq(audit.action, "card.exported"))
    .orderBy(desc(audit.id))
    .limit(1);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(row?.detail).toMatchObject({ format: "xlsx", scope: "pasted", lines: 3, rows: 4, masked: false, sha256 });
  expect(row?.about).toHaveLength(2);
  expect(JSON.stringify(row)).not.toMatch(/15916888888|wNaa1GDw/);
});

test("more rows than may be taken today are refused", async () => {
  const value = { ...settingDefaults.disclosure_limits, supportRows: 2 };
  await room.as("admin").db.insert(setting).values({ key: "disclosure_limits", value });
  await expect(take("support", "1\n2\n3")).rejects.toMatchObject({ key: "limit_rows_exported" });
});
