import { createHash, randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { recordAudit } from "@/lib/audit";
import { audit, cardKey, setting } from "@/lib/db/schema";
import { settingDefaults } from "@/lib/settings/schemas";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { KEY_STATUSES, type KeyFilter, type KeyStatus, keyStatusOf } from "../types";
import { exportKeys, type KeyExportLabels } from "./export-keys";
import { listKeys } from "./list-keys";
import { revealKey } from "./reveal-key";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(() => room.clear());

const ALL = { flagged: false, status: null };
const labels: KeyExportLabels = {
  header: ["卡密", "类型", "上游生成时间", "入库时间", "标记"],
  type: (type) => `类型 ${type}`,
  status: (status) => status,
  flag: (flag, recovered) => [flag, recovered && "找回"].filter(Boolean).join("; "),
  name: ({ keyType, count, recovered, filter }) => [
    "卡密",
    `类型${keyType}`,
    ...(filter.status ? [filter.status] : []),
    ...(filter.flagged ? ["有标记"] : []),
    `${count}张`,
    ...(recovered ? [`含找回${recovered}张`] : []),
  ],
};
const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");
const operator = () => room.as("operator");
const lastAudit = async () => (await room.db.select().from(audit).orderBy(desc(audit.id)).limit(1))[0];

type Wanted = Partial<KeyFilter> & { purpose?: "download" | "copy" };
async function exported(batchId: string, format: "csv" | "txt", wanted: Wanted = {}) {
  const input = { batchId, format, ...ALL, purpose: "download" as const, ...wanted };
  const response = await exportKeys({ ctx: operator(), input, labels });
  const name = decodeURIComponent(/UTF-8''(.*)$/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "");
  // Not text(): that would swallow the byte order mark.
  return {
    name,
    type: response.headers.get("content-type"),
    text: Buffer.from(await response.arrayBuffer()).toString(),
  };
}

test("both files read back are exactly the keys that were recorded and made", async () => {
  await room.fault({ fault: "keys-duplicate", match: { count: 1 } });
  const id = await room.create(2, 25);
  await room.run(id);
  await room.run(id, { seconds: room.quiet() });

  const txt = await exported(id, "txt");
  expect(txt.text.split("\r\n").filter(Boolean).toSorted()).toEqual(room.madeOf(2));
  expect(txt.name).toMatch(/^卡密_类型2_25张_\d{8}-\d{4}\.txt$/);
  expect(await lastAudit()).toMatchObject({
    action: "card_key.exported",
    targetId: id,
    detail: { keys: 25, sha256: sha256Of(txt.text) },
  });

  const csv = await exported(id, "csv");
  expect(csv.text.startsWith("\ufeff卡密,类型,")).toBe(true);
  const rows = csv.text.slice(1).split("\r\n").slice(1).filter(Boolean);
  expect(rows.map((row) => row.split(",")[0]).toSorted()).toEqual(room.madeOf(2));
  expect(csv.type).toBe("text/csv; charset=utf-8");

  await exported(id, "txt", { purpose: "copy" });
  expect(await lastAudit()).toMatchObject({ action: "card_key.copied_all", actorName: "operator" });
});

test("recovered keys are marked: by row in the table, in the file's name, and in the list", async () => {
  await room.fault({ fault: "keys-fewer", match: { count: 1 }, with: { by: 2, hide: true } });
  const id = await room.create(3, 10);
  await room.run(id);
  const csv = await exported(id, "csv");
  const marked = csv.text.split("\r\n").filter((row) => row.endsWith("找回"));
  expect(marked).toHaveLength(2);
  expect(csv.name).toMatch(/^卡密_类型3_10张_含找回2张_/);
  expect((await exported(id, "txt")).name).toMatch(/^卡密_类型3_10张_含找回2张_/);
  const listed = await listKeys({ ctx: room.as("support"), input: { batchId: id, ...ALL, page: 1, size: 50 } });
  expect(listed.rows.filter((row) => row.recovered)).toHaveLength(2);
});

test("a key of another type stands in the table with its flag, but in no plain list", async () => {
  const id = await room.create(1, 3);
  await room.run(id);
  const [odd] = await room.rowsOf(id);
  await room.db
    .update(cardKey)
    .set({ keyType: 4, flag: "wrong_type" })
    .where(eq(cardKey.id, odd?.id ?? ""));
  expect((await exported(id, "txt")).text.split("\r\n").filter(Boolean)).toHaveLength(2);
  const csv = (await exported(id, "csv")).text;
  expect(csv).toContain("类型 4");
  expect(csv).toContain("wrong_type");
});

test("a list shows the last four characters only; one key is shown after it is audited", async () => {
  const id = await room.create(5, 4);
  await room.run(id);
  const listed = await listKeys({ ctx: room.as("support"), input: { batchId: id, ...ALL, page: 1, size: 50 } });
  expect(listed.total).toBe(4);
  expect(JSON.stringify(listed)).not.toMatch(/[0-9A-F]{32}|cipher|fingerprint/);
  const [row] = listed.rows;
  const { key } = await revealKey({ ctx: operator(), input: { keyId: row?.id ?? "", purpose: "show" } });
  expect(room.madeOf(5)).toContain(key);
  expect(key.endsWith(row?.last4 ?? "?")).toBe(true);
  const shown = await lastAudit();
  expect(shown).toMatchObject({ action: "card_key.revealed", targetKind: "key", targetId: row?.id });
  expect(JSON.stringify(shown)).not.toContain(key);
  await expect(revealKey({ ctx: operator(), input: { keyId: randomUUID(), purpose: "copy" } })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a key whose app key is gone is said to be unreadable, and no file leaves half", async () => {
  const id = await room.create(0, 2);
  await room.run(id);
  room.setEnv({ APP_KEYS: `k9:${Buffer.alloc(32, 9).toString("base64")}` });
  await expect(exported(id, "csv")).rejects.toMatchObject({ key: "key_unreadable" });
  room.setEnv({ APP_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}` });
  expect((await exported(id, "txt")).text.split("\r\n").filter(Boolean)).toHaveLength(2);
});

test("the list, its count and both files hold exactly the keys of the status that is asked for", async () => {
  const id = await room.create(2, 9);
  await room.run(id);
  const rows = await room.rowsOf(id);
  const seenAt = new Date(Date.UTC(2026, 10, 28, 6));
  // Every way a key can have been seen, and the statuses that are not simply one of two.
  const seen = [true, false, null].flatMap((used) => [true, false, null].map((deleted) => ({ used, deleted, seenAt })));
  for (const [i, { id: keyId }] of rows.entries())
    await room.db
      .update(cardKey)
      .set(seen[i] ?? {})
      .where(eq(cardKey.id, keyId));
  const expected = (status: KeyStatus) => seen.filter((each) => keyStatusOf(each) === status).length;
  expect(KEY_STATUSES.map(expected)).toEqual([2, 2, 3, 2]);

  const found: string[] = [];
  for (const status of KEY_STATUSES) {
    const listed = await listKeys({
      ctx: room.as("support"),
      input: { batchId: id, ...ALL, status, page: 1, size: 50 },
    });
    expect(listed.rows.map(keyStatusOf), status).toEqual(Array(expected(status)).fill(status));
    expect(listed.total).toBe(expected(status));
    expect(listed.exported).toEqual({ csv: expected(status), txt: expected(status) });

    const txt = await exported(id, "txt", { status });
    const lines = txt.text.split("\r\n").filter(Boolean);
    expect(lines).toHaveLength(expected(status));
    expect(txt.name).toContain(`_${status}_${expected(status)}张_`);
    expect(await lastAudit()).toMatchObject({ detail: { keys: expected(status), status, flagged: false } });
    const csv = (await exported(id, "csv", { status })).text.split("\r\n").slice(1).filter(Boolean);
    expect(csv.map((row) => row.split(",")[0])).toEqual(lines);
    for (const row of csv) expect(row.split(",").slice(4, 6)).toEqual([status, "2026-11-28 14:00:00"]);
    found.push(...lines);
  }
  const all = (await exported(id, "txt")).text.split("\r\n").filter(Boolean);
  expect(found.toSorted()).toEqual(all.toSorted());
});

test("of flagged keys an export holds each once, plain lines only those of the batch's type; the count says so", async () => {
  const id = await room.create(1, 5);
  await room.run(id);
  const rows = await room.rowsOf(id);
  for (const [i, flag] of (["extra", "duplicate", "wrong_type"] as const).entries())
    await room.db
      .update(cardKey)
      .set({ flag, ...(flag === "wrong_type" && { keyType: 4 }) })
      .where(eq(cardKey.id, rows[i]?.id ?? ""));
  const input = { batchId: id, ...ALL, flagged: true, page: 1, size: 50 } as const;
  const listed = await listKeys({ ctx: room.as("support"), input });
  expect(listed).toMatchObject({ total: 3, exported: { csv: 2, txt: 1 } });
  const lines = async (format: "csv" | "txt") =>
    (await exported(id, format, { flagged: true })).text.split("\r\n").filter(Boolean).length;
  expect([(await lines("csv")) - 1, await lines("txt")]).toEqual([2, 1]);
  expect((await exported(id, "txt", { flagged: true })).name).toContain("_有标记_1张_");
});

/** With these limits until the work is done. */
async function withLimits(limits: Partial<typeof settingDefaults.disclosure_limits>, work: () => Promise<void>) {
  const value = { ...settingDefaults.disclosure_limits, ...limits };
  await room.db.insert(setting).values({ key: "disclosure_limits", value });
  await work();
  await room.db.delete(setting);
}

test("keys shown and copied are counted by the hour, with phones and codes", async () => {
  const id = await room.create(4, 2);
  await room.run(id);
  const [row] = await room.db.select().from(cardKey).where(eq(cardKey.batchId, id));
  const reveal = (purpose: "show" | "copy") =>
    revealKey({ ctx: room.as("admin"), input: { keyId: row?.id ?? "", purpose } });
  await withLimits({ adminReveals: 3 }, async () => {
    const ctx = room.as("admin");
    await ctx.db.transaction((tx) => recordAudit(tx, ctx, { action: "card.revealed", targetKind: "card" }));
    await reveal("show");
    await reveal("copy");
    await expect(reveal("show")).rejects.toMatchObject({ key: "limit_reveals", params: { limit: 3 } });
    expect(await lastAudit()).toMatchObject({ action: "limit.reached", targetKind: "key", outcome: "refused" });
  });
});

test("more keys than may be exported today are refused before one is decrypted", async () => {
  const id = await room.create(4, 2);
  await room.run(id);
  await withLimits({ operatorRows: 1 }, async () => {
    room.setEnv({ APP_KEYS: `k9:${Buffer.alloc(32, 9).toString("base64")}` });
    await expect(exported(id, "csv")).rejects.toMatchObject({ key: "limit_rows_exported", params: { asked: 2 } });
    room.setEnv({ APP_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}` });
    const detail = { measure: "rowsExported", asked: 2, limit: 1 };
    expect(await lastAudit()).toMatchObject({ action: "limit.reached", targetId: id, detail });
  });
});
