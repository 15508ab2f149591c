import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { grantToApp } from "./grant-to-app.ts";
import { migrate } from "./migrate.ts";

const FOLDER = join(import.meta.dirname, "../../lib/db/migrations");
type Journal = { entries: { tag: string }[] };

/** The last migration of the version that was running before. */
const BEFORE = "0014_reasons";
const ANN = "00000000-0000-4000-8000-00000000000a";
const BEN = "00000000-0000-4000-8000-00000000000b";
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "cardesk-migrations-"));
  mkdirSync(join(folder, "meta"));
  const journal = JSON.parse(readFileSync(join(FOLDER, "meta/_journal.json"), "utf8")) as Journal;
  const entries = journal.entries.slice(0, journal.entries.findIndex(({ tag }) => tag === BEFORE) + 1);
  writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
  for (const { tag } of entries) copyFileSync(join(FOLDER, `${tag}.sql`), join(folder, `${tag}.sql`));
  await asOwner("drop schema public cascade; drop schema drizzle cascade; create schema public");
  await migrate(database.ownerUrl, folder);
  await grantToApp(database.ownerUrl, database.url);
  await asApp(storedBefore());
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
const asOwner = (text: string) => query(database.ownerUrl, text);
const asApp = (text: string) => query(database.url, text);

const side = (id: string) => ({
  id,
  code: `AAAA111${id}`,
  phone: "13900000001",
  userName: "望舒",
  type: "1",
  balance: 3,
});
const TRANSFER = { kind: "transfer", source: side("a"), target: side("b"), amount: 2 };
const DESTROY = { kind: "destroy", card: { ...side("c"), phone: null } };
const GENERATE = { kind: "generate", keyType: 1, count: 3 };

/** Rows of every kind that the later migrations touch, as the version before wrote them. */
function storedBefore(): string {
  const operations = [
    [1, "draft", TRANSFER],
    [2, "sent", TRANSFER],
    [3, "unknown", DESTROY],
    [4, "done", DESTROY],
    [5, "done", GENERATE],
  ] as const;
  const approvals = [
    [6, "operation", idOf(1), "pending", null],
    [7, "operation", idOf(2), "approved", BEN],
    [8, "batch", idOf(20), "refused", BEN],
  ] as const;
  const cards = [
    ["a", "'13900000001'", "3", "false", "null"],
    ["b", "'13900000002'", "0", "false", "null"],
    ["c", "null", "null", "false", "null"],
    ["d", "null", "null", "true", "null"],
    ["e", "'13900000003'", "0", "false", "now()"],
  ];
  return `
    insert into "user" (id, username, role) values ('${ANN}', 'ann', 'operator'), ('${BEN}', 'ben', 'admin');
    insert into session (user_id, expires_at) values ('${ANN}', now());
    insert into operation (id, kind, state, params, actor_name, created_at, expires_at) values ${operations
      .map(
        ([id, state, params]) =>
          `('${idOf(id)}', '${params.kind}', '${state}', '${JSON.stringify(params)}', 'ann', now(), now())`,
      )
      .join()};
    insert into operation_card (operation_id, card_id, role, open) values ('${idOf(2)}', 'a', 'source', true);
    insert into approval (id, subject_kind, subject_ids, measure, asked, reason, requested_by, requested_by_name, requested_at,
      expires_at, state, decided_by, decided_at, summary) values ${approvals
        .map(
          ([
            id,
            kind,
            subject,
            state,
            by,
          ]) => `('${idOf(id)}', '${kind}', '{${subject}}', 'callsMoved', 2, 'x', '${ANN}', 'ann',
      now(), now() + interval '1 day', '${state}', ${by ? `'${by}', now()` : "null, null"}, ${kind === "batch" ? "'{}'" : "null"})`,
        )
        .join()};
    insert into sign_in_refusal (key, action, user_id, username, count, since, ip) values
      ('one', 'session.refused', '${ANN}', 'ann', 7, now(), '192.0.2.1'), ('two', 'session.refused', null, null, 3, now(), null);
    insert into card (id, code, type, phone, balance, unlimited, gone_at, user_name, first_seen_at, read_at) values ${cards
      .map(
        ([id, phone, balance, unlimited, gone]) =>
          `('${id}', 'AAAA111${id}', '1', ${phone}, ${balance}, ${unlimited}, ${gone}, '望舒', now(), now())`,
      )
      .join()};
    insert into card_event (card_id, at, kind, before, after) values ('a', now(), 'owner', '13900000009', '13900000001'),
      ('a', now(), 'balance', '5', '3');`;
}

const countsOf = `select
  (select json_agg(t order by t::text) from (select type, gone, redeemed, empty, sum(cards)::int as cards from card_count
     group by 1, 2, 3, 4 having sum(cards) <> 0) t)::text as kept,
  (select json_agg(t order by t::text) from (select type, gone_at is not null as gone, phone is not null as redeemed,
     balance_rank is not distinct from 0 as empty, count(*)::int as cards from card group by 1, 2, 3, 4) t)::text as counted`;

test("a database in use is brought up to date by its owner, with every row it had; and again nothing changes", async () => {
  await migrate(database.ownerUrl);
  await grantToApp(database.ownerUrl, database.url);
  const { rows: operations } = await asApp("select state, params, sealed, about from operation order by id");
  expect(operations.map(({ params }) => params)).toEqual([TRANSFER, TRANSFER, DESTROY, DESTROY, GENERATE]);
  expect(operations.map(({ state }) => state)).toEqual(["draft", "sent", "unknown", "done", "done"]);
  for (const row of operations) expect(row).toMatchObject({ sealed: null, about: [] });
  const { rows: approvals } = await asApp("select state, measure, asked::int from approval order by id");
  expect(approvals.map(({ state }) => state)).toEqual(["pending", "approved", "refused"]);
  const refused = "select actor_name, target_id, detail, count from refusal order by key";
  expect((await asApp(refused)).rows).toEqual([
    { actor_name: "anonymous", target_id: ANN, detail: { username: "ann" }, count: 7 },
    { actor_name: "anonymous", target_id: null, detail: {}, count: 3 },
  ]);
  const [counts] = (await asApp(countsOf)).rows;
  expect(counts.kept).toBe(counts.counted);
  expect((await asApp("select provider_factor from session")).rows).toEqual([{ provider_factor: false }]);
  await migrate(database.ownerUrl);
  await grantToApp(database.ownerUrl, database.url);
  expect((await asApp(refused)).rows).toHaveLength(2);
  expect((await asApp(countsOf)).rows).toEqual([counts]);
});

test("the running console's role has what it needs of what is new, its triggers too", async () => {
  const counts = async () => (await asApp(countsOf)).rows[0];
  for (const change of [
    "insert into card (id, code, type, balance, first_seen_at, read_at) values ('f', 'F', '2', 0, now(), now())",
    "insert into card (id, code, type, first_seen_at, read_at) values ('f', 'F', '9', now(), now()), ('g', 'G', '2', now(), now()) on conflict (id) do update set type = excluded.type, phone = '13900000004'",
    "update card set gone_at = now() where id in ('a', 'f')",
    "update card set gone_at = null where id = 'e'",
    "delete from card where id in ('b', 'g')",
  ]) {
    await asApp(change);
    const { kept, counted } = await counts();
    expect(kept, change).toBe(counted);
  }
  await asApp(`
    insert into identity (user_id, issuer, subject, label, role_by_claim, created_at)
      values ('${BEN}', 'https://id.example.com/', 's', 'ben', false, now());
    update identity set last_used_at = now(); delete from identity;
    insert into single_sign_on_attempt (token_hash, purpose, path, created_at, expires_at) values ('t', 'sign_in', '/', now(), now());
    delete from single_sign_on_attempt;
    insert into counted_search (user_id, term, at) values ('${ANN}', 'x', now()); delete from counted_search;
    insert into card_name (card_id, user_name, terms) values ('a', '望舒', '望舒'); delete from card_name;
    update refusal set count = count + 1; delete from refusal;`);
  await asOwner("truncate card");
  expect(await counts()).toEqual({ kept: null, counted: null });
});

test("what was asked for before can be decided, a reset be asked for and its approval used once", async () => {
  const decide = `set state = 'approved', decided_by = '${BEN}', decided_at = now()`;
  await asApp(`update approval ${decide} where id = '${idOf(6)}'`);
  const reset = (id: number, of: string) => `insert into approval (id, subject_kind, subject_ids, reason, requested_by,
    requested_by_name, requested_at, expires_at, state) values ('${idOf(id)}', 'password_reset', '{${of}}', 'x', '${ANN}', 'ann',
    now(), now() + interval '1 day', 'pending')`;
  await asApp(reset(9, ANN));
  await asApp(reset(10, BEN));
  const use = `insert into approval_use values ('${idOf(9)}', now())`;
  await expect(asApp(use)).rejects.toThrow("not to be used");
  await asApp(`update approval ${decide} where id = '${idOf(9)}'`);
  await asApp(use);
  await expect(asApp(use)).rejects.toThrow();
  await expect(asApp("delete from approval_use")).rejects.toThrow("used for good");
  await expect(asApp(`update approval ${decide} where id = '${idOf(10)}'`)).rejects.toThrow("own_account");
  await expect(asApp(`insert into approval_use values ('${idOf(7)}', now())`)).rejects.toThrow("not to be used");
});

test("phones and codes leave an operation of before when their cipher comes, and nothing else does", async () => {
  const paths = ["source", "target", "card"].flatMap((of) => [`#- '{${of},code}'`, `#- '{${of},phone}'`]).join(" ");
  await expect(asApp(`update operation set params = params ${paths}`)).rejects.toThrow("immutable");
  await expect(
    asApp(
      `update operation set sealed = '\\x01', params = jsonb_set(params ${paths}, '{amount}', '3') where kind = 'transfer'`,
    ),
  ).rejects.toThrow("immutable");
  await asApp(`update operation set sealed = '\\x01', params = params ${paths} where kind <> 'generate'`);
  await expect(asApp("update operation set sealed = null where sealed is not null")).rejects.toThrow("stays");
  await asApp("update operation set sealed = '\\x02' where sealed is not null");
  expect((await asApp("select from operation where params::text ~ '1390000|AAAA'")).rowCount).toBe(0);
  // What is under way goes on from where it was.
  await asApp(`update operation set state = 'unknown' where id = '${idOf(2)}'`);
  await expect(asApp(`update operation set state = 'sent' where id = '${idOf(2)}'`)).rejects.toThrow("is not a move");
  expect((await asApp("select card_id from operation_card where open")).rows).toEqual([{ card_id: "a" }]);
});
