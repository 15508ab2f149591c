import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ChainFault, noteHead, readHeads } from "@/lib/audit-chain";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { withLock } from "@/lib/db/with-lock";
import { runOn } from "@/test/database";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { recordAudit } from "./record-audit";
import { readHead, sealAudit } from "./seal-audit";
import { verifyAudit } from "./verify-audit";

const key = (fill: number) => Buffer.alloc(32, fill).toString("base64");
const folder = mkdtempSync(join(tmpdir(), "cardesk-audit-"));
let fixtures: UserFixtures;
let ctx: Ctx;

const setKeys = (keys: string | undefined) => {
  sharedSlot("env").value = parseEnv({ DATA_DIR: folder, LOG_LEVEL: "silent", ...(keys && { APP_KEYS: keys }) });
};
const record = (action: string) =>
  recordAudit(fixtures.db, ctx, { action, detail: { z: 1, a: [0.1, { y: "哦", x: null }] }, about: { cards: ["c1"] } });
/** Six records, sealed, with the head noted when four of them were there and at the end. */
const fill = async () => {
  for (let i = 1; i <= 4; i++) await record(`test.n${i}`);
  await sealAudit({ ctx });
  await note();
  for (let i = 5; i <= 6; i++) await record(`test.n${i}`);
  await sealAudit({ ctx });
  await note();
};
const note = async () => {
  const head = await readHead(fixtures.db);
  if (head) await noteHead(folder, { at: ctx.now().toISOString(), ...head });
};
const verify = () => verifyAudit({ ctx });
/** As the tables' owner with the guards off: what whoever has the database can do. */
const tamper = (...statements: string[]) => {
  const guards = (word: string) => ["audit", "audit_seal"].map((table) => `alter table ${table} ${word} trigger user`);
  return runOn(fixtures.ownerUrl, [...guards("disable"), ...statements, ...guards("enable")].join(";"));
};
const idOf = (seq: number) => `(select audit_id from audit_seal where seq = ${seq})`;
const renumber = (from: number, by: number) => [
  `update audit_seal set seq = -(seq + ${by}) where seq >= ${from}`,
  "update audit_seal set seq = -seq where seq < 0",
];

beforeEach(async () => {
  fixtures = await openUserFixtures();
  sharedSlot("database").value = fixtures.database;
  sharedSlot("audit-sealed-all").value = undefined;
  ctx = fixtures.anonymous("203.0.113.5");
  setKeys(`k1:${key(1)}`);
});
afterEach(async () => {
  rmSync(join(folder, "audit-head.jsonl"), { force: true });
  await fixtures.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("what was only added is right, with numbers without gaps and the head outside the database", async () => {
  await fill();
  await record("test.waiting");
  expect(await verify()).toMatchObject({ fault: null, checked: 6, waiting: 1, heads: 2, provenFrom: { seq: 1 } });
  expect(await fixtures.lastAudit("audit.verified", "")).toBeUndefined();
  const { rows } = await fixtures.db.execute(sql`select seq from audit_seal order by seq`);
  expect(rows.map(({ seq }) => Number(seq))).toEqual([1, 2, 3, 4, 5, 6]);
});

const genuine = { seq: expect.any(Number) };
test.each<[string, string[], Partial<ChainFault>]>([
  [
    "a changed outcome",
    [`update audit set outcome = 'refused' where id = ${idOf(3)}`],
    { kind: "changed", seq: 3, action: "test.n3" },
  ],
  [
    "a changed detail",
    [`update audit set detail = '{"a":[0.1,{"x":null,"y":"哦"}],"z":2}' where id = ${idOf(3)}`],
    { kind: "changed", seq: 3 },
  ],
  [
    "changed in the last record",
    [`update audit set actor_name = 'wang' where id = ${idOf(6)}`],
    { kind: "changed", seq: 6 },
  ],
  ["a changed seal", ["update audit_seal set mac = 'x' where seq = 3"], { kind: "changed", seq: 3 }],
  ["a removed record", [`delete from audit where id = ${idOf(3)}`], { kind: "removed", seq: 3 }],
  [
    "removed with its number",
    [`delete from audit where id = ${idOf(3)}`, "delete from audit_seal where seq = 3"],
    { kind: "removed", seq: 3 },
  ],
  [
    "removed, and those behind it renumbered",
    [`delete from audit where id = ${idOf(3)}`, "delete from audit_seal where seq = 3", ...renumber(4, -1)],
    { kind: "removed", seq: 3, action: "test.n4" },
  ],
  [
    "two numbers swapped",
    [
      "update audit_seal set seq = -2 where seq = 2",
      "update audit_seal set seq = 2 where seq = 4",
      "update audit_seal set seq = 4 where seq = -2",
    ],
    { kind: "swapped", seq: 2, otherSeq: 4 },
  ],
  [
    "what is in two records swapped",
    [
      `create temp table t as select * from audit`,
      `update audit set mac = null`,
      `update audit a set at = t.at, action = t.action, detail = t.detail, nonce = t.nonce, mac = t.mac, request_id = t.request_id
         from t where (a.id, t.id) in ((${idOf(2)}, ${idOf(5)}), (${idOf(5)}, ${idOf(2)}))`,
      `update audit a set mac = t.mac from t where a.id = t.id and a.id not in (${idOf(2)}, ${idOf(5)})`,
      "drop table t",
    ],
    { kind: "swapped", seq: 2, otherSeq: 5 },
  ],
  [
    "added between two, and those behind renumbered",
    [
      ...renumber(3, 1),
      `insert into audit (actor_name, action, nonce, mac, mac_key) values ('lin', 'test.false', gen_random_uuid(), 'made up', 'k1')`,
      `insert into audit_seal select 3, max(id), now(), 'made up', 'k1' from audit`,
    ],
    { kind: "added", seq: 3, action: "test.false" },
  ],
  [
    "added without a number",
    ["insert into audit (actor_name, action) values ('lin', 'test.false')"],
    { kind: "added", seq: null, action: "test.false" },
  ],
  [
    "added under number 0",
    [`insert into audit_seal select 0, max(id) + 1, now(), 'x', 'k1' from audit`],
    { kind: "removed", seq: 1 },
  ],
  ["emptied", ["truncate audit, audit_seal"], { kind: "truncated", seq: 1 }],
  [
    "the tail cut off",
    [`delete from audit where id = ${idOf(6)}`, "delete from audit_seal where seq = 6"],
    { kind: "cut", seq: 6 },
  ],
  [
    "rebuilt without the key",
    [
      "update audit set actor_name = 'wang', mac = mac || 'x'",
      "update audit_seal set mac = encode(sha256(mac::bytea), 'base64')",
    ],
    { kind: "rebuilt", seq: 1 },
  ],
  [
    "sealed under a key nobody has",
    ["update audit_seal set mac_key = 'k9' where seq = 4"],
    { kind: "key_missing", seq: 4 },
  ],
])("%s is named", async (_, statements, fault) => {
  await fill();
  await tamper(...statements);
  expect((await verify()).fault).toMatchObject({ ...genuine, ...fault });
});

test("rebuilt with the key is seen by the heads outside the database", async () => {
  await fill();
  await tamper(
    `update audit set actor_name = 'wang', mac = null, mac_key = null where id = ${idOf(2)}`,
    "truncate audit_seal",
  );
  sharedSlot("audit-sealed-all").value = undefined;
  await sealAudit({ ctx });
  expect((await verify()).fault).toMatchObject({ kind: "rebuilt", seq: 4 });
  // The new chain's own head beside the old one's changes nothing.
  await note();
  expect((await verify()).fault).toMatchObject({ kind: "rebuilt", seq: 4 });
});

test("emptied and begun anew is seen, also when it has grown longer than before", async () => {
  await fill();
  await tamper("truncate audit, audit_seal");
  for (let i = 0; i < 8; i++) await record("test.later");
  sharedSlot("audit-sealed-all").value = undefined;
  await sealAudit({ ctx });
  expect((await verify()).fault).toMatchObject({ kind: "rebuilt", seq: 4 });
});

describe("before it has a number", () => {
  test.each([
    ["changed", `update audit set actor_name = 'wang' where action = 'test.late'`],
    [
      "copied",
      `insert into audit (at, actor_name, action, nonce, mac, mac_key)
        select at, actor_name, action, gen_random_uuid(), mac || ' ', mac_key from audit where action = 'test.late'`,
    ],
  ])("a record that was %s gets none and is named", async (_, statement) => {
    await fill();
    await record("test.late");
    await tamper(statement);
    await sealAudit({ ctx });
    expect((await verify()).fault).toMatchObject({ kind: "added", action: "test.late" });
  });
});

test("the database refuses to change, remove or empty either table", async () => {
  await fill();
  for (const statement of [
    "update audit set ip = null",
    "delete from audit",
    "truncate audit",
    "update audit_seal set mac = 'x'",
    "delete from audit_seal",
    "truncate audit_seal",
  ]) {
    await expect(runOn(fixtures.ownerUrl, statement), statement).rejects.toThrow("audit rows are never changed");
    await expect(runOn(fixtures.url, statement), statement).rejects.toThrow("permission denied");
  }
});

test("a record that is committed late still gets a number, and one that is rolled back leaves no gap", async () => {
  const slow = await fixtures.database.pool.connect();
  await slow.query("begin");
  await slow.query("insert into audit (actor_name, action) values ('lin', 'test.before')");
  await expect(
    fixtures.db.transaction(async (tx) => {
      await recordAudit(tx, ctx, { action: "test.undone" });
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  await slow.query("commit");
  slow.release();
  await sealAudit({ ctx });

  let begun = () => {};
  let release = () => {};
  const recorded = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const late = fixtures.db.transaction(async (tx) => {
    await recordAudit(tx, ctx, { action: "test.late" });
    begun();
    await held;
  });
  await recorded;
  await record("test.early");
  expect(await sealAudit({ ctx })).toMatchObject({ sealed: 1 });
  fixtures.advance(60);
  await record("test.next");
  expect(await sealAudit({ ctx })).toMatchObject({ sealed: 1 });
  release();
  await late;
  expect(await sealAudit({ ctx })).toMatchObject({ sealed: 1, head: { seq: 4 } });
  expect(await verify()).toMatchObject({ fault: null, checked: 4 });
});

test("a record that comes later than any transaction lasts is found within the hour", async () => {
  let begun = () => {};
  let release = () => {};
  const recorded = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const late = fixtures.db.transaction(async (tx) => {
    await recordAudit(tx, ctx, { action: "test.late" });
    begun();
    await held;
  });
  await recorded;
  await record("test.early");
  expect(await sealAudit({ ctx })).toMatchObject({ sealed: 1 });
  fixtures.advance(700);
  release();
  await late;
  // Not every second is all looked through.
  expect(await sealAudit({ ctx })).toMatchObject({ sealed: 0 });
  expect(await verify()).toMatchObject({ fault: null, waiting: 1 });
  fixtures.advance(3_600);
  expect(await sealAudit({ ctx })).toMatchObject({ sealed: 2, head: { seq: 3 } });
});

test("records of before the chain are numbered once, and it says from when on it proves something", async () => {
  await fixtures.db.execute(
    sql`insert into audit (actor_name, action, target_id) select 'lin', 'test.old', n from generate_series(1, 1200) n`,
  );
  await record("test.new");
  expect(await sealAudit({ ctx })).toMatchObject({ sealed: 1201 });
  expect(await verify()).toMatchObject({ fault: null, checked: 1201, provenFrom: { seq: 1201 } });
  await tamper(`update audit set ip = '1' where id = ${idOf(700)}`);
  expect((await verify()).fault).toMatchObject({ kind: "changed", seq: 700, action: "test.old" });
});

test("sealers that run at once give every number once", async () => {
  for (let i = 0; i < 40; i++) await record("test.many");
  const runs = await Promise.all(Array.from({ length: 6 }, () => sealAudit({ ctx })));
  expect(runs.reduce((sum, run) => sum + (run?.sealed ?? 0), 0)).toBe(40);
  expect(await verify()).toMatchObject({ fault: null, checked: 40 });
});

test("a rotated key goes on with the chain, and one that is gone is named, not taken for tampering", async () => {
  await fill();
  setKeys(`k2:${key(2)},k1:${key(1)}`);
  await record("test.n7");
  await sealAudit({ ctx });
  expect(await verify()).toMatchObject({ fault: null, checked: 7 });
  setKeys(`k2:${key(2)}`);
  expect((await verify()).fault).toMatchObject({ kind: "key_missing", seq: 1 });
  setKeys(undefined);
  expect((await verify()).fault).toMatchObject({ kind: "no_keys" });
  expect(await sealAudit({ ctx })).toBeNull();
});

test("one check at a time", async () => {
  await withLock("audit-verify", async () => {
    await expect(verify()).rejects.toMatchObject({ code: "busy", key: "audit_check_runs" });
  });
});

test("a head that was cut off in its line hides no other, and the file does not grow for ever", async () => {
  const head = { at: "2026-09-21T06:00:00.000Z", seq: 7, mac: "m" };
  await noteHead(folder, head);
  const path = join(folder, "audit-head.jsonl");
  writeFileSync(path, `${readFileSync(path, "utf8")}{"at":"2026-09-21T06:01:00.000Z","se`);
  await noteHead(folder, { ...head, seq: 9 });
  expect(await readHeads(folder)).toEqual([head, { ...head, seq: 9 }]);
  writeFileSync(path, `${JSON.stringify(head)}\n`.repeat(30_000));
  await noteHead(folder, { ...head, seq: 10 });
  expect(readFileSync(path, "utf8")).toBe(`${JSON.stringify({ ...head, seq: 10 })}\n`);
  expect((await readHeads(folder))?.at(-1)).toEqual({ ...head, seq: 10 });
  rmSync(join(folder, "audit-head.old.jsonl"));
});

test("records of a machine whose clock is behind get their numbers at once all the same", async () => {
  const behind: Ctx = { ...ctx, now: () => new Date("2026-09-20T00:00:00.000Z") };
  for (let seq = 1; seq <= 3; seq++) {
    await recordAudit(fixtures.db, behind, { action: "test.behind" });
    expect(await sealAudit({ ctx })).toMatchObject({ sealed: 1, head: { seq } });
  }
});
