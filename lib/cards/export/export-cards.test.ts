import { createHash } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import type { Role } from "@/lib/core/roles";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database } from "@/lib/db/client";
import { audit, card, cardTag, setting, user } from "@/lib/db/schema";
import { settingDefaults } from "@/lib/settings/schemas";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import type { ExportInput } from "../schemas";
import { exportCards } from "./export-cards";
import type { CardExportLabels } from "./write-card-file";

let file: TestDatabase;
const at = new Date("2026-09-21T06:03:00Z");
const id = (letter: string) => letter.padEnd(32, "0");
const base = { type: "1", balance: 10, firstSeenAt: at, readAt: at };

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  await database()
    .db.insert(card)
    .values([
      { ...base, id: id("a"), code: "wNaa1GDw", phone: "15916888888", userName: "琳琅", createdAt: at },
      { ...base, id: id("b"), code: "3AoPbLSQ", phone: "17516888888", userName: '=HYPERLINK("http://evil")' },
      { ...base, id: id("c"), code: "Qx7RmT2k", userName: "＝1+1", balance: null, unlimited: true, type: "5" },
      { ...base, id: id("d"), code: "goneGone", userName: "走了", balance: null, type: "9", goneAt: at },
    ]);
  const tag = { cardId: id("a"), addedAt: at };
  await database()
    .db.insert(cardTag)
    .values([
      { ...tag, key: "批发", tag: "批发", addedAt: new Date(at.getTime() + 1) },
      { ...tag, key: "vip", tag: "VIP" },
    ]);
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

const labels: CardExportLabels = {
  header: ["编号", "兑换码", "类型代码", "类型", "昵称", "手机号", "余额", "创建时间", "更新时间", "状态", "标签"],
  typeName: (type) => `类型${type}`,
  state: (row) => (row.gone ? "已消失" : row.phone === null ? "未兑换" : "已兑换"),
  unlimited: "不限",
  name: (scope, count) => ["额度卡", scope, `${count}张`],
};

const as = (role: Role): Ctx => ({
  ...systemContext(),
  now: () => at,
  actor: { id: null, name: "xiao", role, sessionId: null },
});
const take = (role: Role, input: ExportInput) => exportCards({ ctx: as(role), input, labels });

/** The bytes as text: `text()` would eat the BOM. */
const textOf = async (response: Response) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());

async function linesOf(role: Role, input: ExportInput) {
  const text = await textOf(await take(role, input));
  return text.split("\r\n").slice(1, -1);
}

const newestAudit = async () => {
  const [row] = await database()
    .db.select()
    .from(audit)
    .where(eq(audit.action, "card.exported"))
    .orderBy(desc(audit.id))
    .limit(1);
  return row;
};

describe("CSV", () => {
  test("has BOM, CRLF, header, tags, and whole phones and codes for an operator", async () => {
    const text = await textOf(await take("operator", { format: "csv", scope: { kind: "selected", ids: [id("a")] } }));
    expect(text).toBe(
      `\ufeff${labels.header.join(",")}\r\n` +
        `${id("a")},wNaa1GDw,1,类型1,琳琅,"\t15916888888",10,2026-09-21 14:03:00,,已兑换,"VIP; 批发"\r\n`,
    );
  });

  test("is masked for support", async () => {
    const text = await textOf(await take("support", { format: "csv", scope: { kind: "all" } }));
    expect(text).toContain("••••1GDw");
    expect(text).toContain("159****8888");
    expect(text).not.toMatch(/wNaa1GDw|15916888888|3AoPbLSQ|Qx7RmT2k/);
  });

  test("nothing in it runs as a formula", async () => {
    const lines = await linesOf("operator", { format: "csv", scope: { kind: "all" } });
    expect(lines.join("\n")).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(lines.join("\n")).toContain(`"'＝1+1"`);
    const cells = lines.flatMap((line) => line.split(","));
    expect(cells.filter((cell) => /^"?[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
  });

  test("unlimited and unknown balances are not 0", async () => {
    const scope = { kind: "selected", ids: [id("c"), id("d")] } as const;
    const lines = await linesOf("operator", { format: "csv", scope: { ...scope, ids: [...scope.ids] } });
    expect(lines.map((line) => line.split(",").slice(6))).toEqual([
      ["", "", "", "已消失", ""],
      ["不限", "", "", "未兑换", ""],
    ]);
  });
});

describe("scope", () => {
  const codes = (lines: string[]) => lines.map((line) => line.split("\t")[1]).sort();

  test("all is every listed card", async () => {
    const text = await textOf(await take("operator", { format: "txt", scope: { kind: "all" } }));
    expect(codes(text.trimEnd().split("\r\n"))).toEqual(["3AoPbLSQ", "Qx7RmT2k", "wNaa1GDw"]);
  });

  test("selected is exactly those, gone ones too", async () => {
    const ids = [id("b"), id("d")];
    const text = await textOf(await take("operator", { format: "txt", scope: { kind: "selected", ids } }));
    expect(codes(text.trimEnd().split("\r\n"))).toEqual(["3AoPbLSQ", "goneGone"]);
  });

  test("filtered is what the table shows, in its order", async () => {
    const scope = { kind: "filtered", filter: { phone: "8888" }, sort: { id: "phone", desc: true } } as const;
    const text = await textOf(await take("operator", { format: "txt", scope }));
    expect(text).toBe("17516888888\t3AoPbLSQ\r\n15916888888\twNaa1GDw\r\n");
  });

  test("its name says what, which part, how many and when", async () => {
    const { headers } = await take("operator", { format: "csv", scope: { kind: "all" } });
    const name = /filename\*=UTF-8''(.+)$/.exec(headers.get("content-disposition") ?? "")?.[1] ?? "";
    expect(decodeURIComponent(name)).toBe("额度卡_all_3张_20260921-1403.csv");
    expect(headers.get("cache-control")).toBe("no-store");
  });
});

test("an XLSX is a zip with text cells", async () => {
  const response = await take("operator", { format: "xlsx", scope: { kind: "all" } });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
  expect(response.headers.get("content-type")).toContain("spreadsheetml");
});

test("each one is audited with scope, count and whether it was masked, and without what it held", async () => {
  await take("support", { format: "csv", scope: { kind: "selected", ids: [id("a")] } });
  const row = await newestAudit();
  expect(row).toMatchObject({ actorName: "xiao", detail: { format: "csv", scope: "selected", rows: 1, masked: true } });
  await take("operator", { format: "txt", scope: { kind: "all" } });
  expect((await newestAudit())?.detail).toMatchObject({ rows: 3, masked: false });
  expect(JSON.stringify(await newestAudit())).not.toContain("1591688");
});

test.each(["csv", "txt", "xlsx"] as const)("the audit has the SHA-256 of the %s that went out", async (format) => {
  const file = await take("operator", { format, scope: { kind: "all" } });
  const bytes = Buffer.from(await file.arrayBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect((await newestAudit())?.detail).toMatchObject({ sha256, bytes: bytes.length });
});

test("the audit has the filter with phone and code masked, and every card as a keyed hash", async () => {
  sharedSlot("env").value = parseEnv({ APP_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}` });
  const filter = { phone: "+86 159 1688 8888", code: "1GDw", types: ["1"] };
  await take("operator", { format: "csv", scope: { kind: "filtered", filter, sort: { id: "phone", desc: true } } });
  const row = await newestAudit();
  expect(row?.detail).toMatchObject({
    scope: "filtered",
    filter: { phone: "159****8888", code: "1GDw", types: ["1"] },
    sort: { id: "phone", desc: true },
  });
  // The card, and the phone that was asked for.
  expect(row?.about).toHaveLength(2);
  expect(JSON.stringify(row)).not.toMatch(/15916888888|a0{31}/);
  sharedSlot("env").value = undefined;
});

test("more cards than may be exported today are refused before the file is made", async () => {
  const { db } = database();
  const [support] = await db.insert(user).values({ username: "wang", role: "support" }).returning({ id: user.id });
  const value = { ...settingDefaults.disclosure_limits, supportRows: 2 };
  await db.insert(setting).values({ key: "disclosure_limits", value });
  const ctx = as("support");
  const limited = { ...ctx, actor: { ...ctx.actor, id: support?.id ?? null } };
  // A sheet is made by a worker.
  const started = vi.fn();
  process.on("worker", started);
  const all = exportCards({ ctx: limited, input: { format: "xlsx", scope: { kind: "all" } }, labels });
  await expect(all).rejects.toMatchObject({ key: "limit_rows_exported", params: { asked: 3, limit: 2 } });
  process.off("worker", started);
  expect(started).not.toHaveBeenCalled();
});
