import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { runOn } from "@/test/database";
import { seedMirror } from "@/test/support/seed-mirror";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { VACUUMED, type VacuumResult, vacuumMirror } from "./vacuum-mirror";

const CARDS = 1_000;
let room: TestRoom;
/** As another console, or as autovacuum. */
let other: pg.Client;

beforeAll(async () => {
  room = await openTestRoom();
  for (const table of VACUUMED) await runOn(room.ownerUrl, `alter table ${table} set (autovacuum_enabled = false)`);
  other = new pg.Client({ connectionString: room.ownerUrl });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await room.close();
});

beforeEach(async () => {
  await seedMirror(room.ownerUrl, CARDS);
  // What the seed wrote is counted when its connection is closed.
  await runOn(room.ownerUrl, "vacuum card");
});
afterEach(() => other.query("rollback; select pg_advisory_unlock_all()"));

const never = new AbortController().signal;
const vacuum = (input: { signal?: AbortSignal; waitMs?: number; deadlineMs?: number } = {}): Promise<VacuumResult> =>
  vacuumMirror({ ctx: room.as("admin"), input: { signal: never, ...input } });

/** What PostgreSQL counts is known to others when the connection is closed. A commit on disk, as ours is. */
const change = (cards: number) =>
  runOn(
    room.ownerUrl,
    `set synchronous_commit = on; update card set balance = 7 where id in (select id from card order by id limit ${cards})`,
  );

/** Pages of `card` that lists need not look at, of how many. */
async function visible(): Promise<{ visible: number; pages: number }> {
  const [row] = await runOn(
    room.ownerUrl,
    "select relallvisible as visible, relpages as pages from pg_class where oid = 'card'::regclass",
  );
  return row as { visible: number; pages: number };
}

const vacuums = async () =>
  (await runOn(room.ownerUrl, "select vacuum_count::int as n from pg_stat_user_tables where relname = 'card'"))[0]?.n;

/** Vacuums that wait or work at the server. */
const running = async () =>
  (await database().pool.query("select from pg_stat_activity where query like 'vacuum (%' and state = 'active'"))
    .rowCount;

const inTheWay = () => other.query("begin; lock table card in share update exclusive mode");

test("what a sync changed much of is vacuumed, as the console's own role, and once", async () => {
  await change(600);
  expect(await vacuum()).toEqual({ state: "done", vacuumed: ["card"] });
  const { visible: seen, pages } = await visible();
  expect(seen).toBe(pages);
  expect(await vacuum()).toEqual({ state: "done", vacuumed: [] });
});

test("a few changed cards are left to autovacuum", async () => {
  await change(400);
  const before = await vacuums();
  expect(await vacuum()).toEqual({ state: "done", vacuumed: [] });
  expect(await vacuums()).toBe(before);
});

test("of a large table it has to be more than one row in five hundred", async () => {
  await change(600);
  await runOn(
    room.ownerUrl,
    "select pg_restore_relation_stats('schemaname', 'public', 'relname', 'card', 'reltuples', 1000000::real)",
  );
  expect(await vacuum()).toEqual({ state: "done", vacuumed: [] });
});

test("new cards count as changed ones do", async () => {
  await runOn(
    room.ownerUrl,
    `set synchronous_commit = on; insert into card (id, code, type, unlimited, created_at, first_seen_at, read_at)
     select 'n' || i, 'n' || i, '5', true, now(), now(), now() from generate_series(1, 600) i`,
  );
  expect(await vacuum()).toEqual({ state: "done", vacuumed: ["card"] });
});

test("without the right to it (PostgreSQL 15 and 16, split roles) nothing is tried", async () => {
  await change(600);
  await runOn(room.ownerUrl, "revoke maintain on card from cardesk_app");
  try {
    const before = await vacuums();
    expect(await vacuum()).toEqual({ state: "done", vacuumed: [] });
    expect(await vacuums()).toBe(before);
  } finally {
    await runOn(room.ownerUrl, "grant maintain on card to cardesk_app");
  }
});

test("the console's role may vacuum these tables and no other", async () => {
  const { rows } = await database().pool.query(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and has_table_privilege(oid, 'maintain') order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([...VACUUMED]);
});

test("one at a time: while another console vacuums, or another vacuum does not give way, none is begun", async () => {
  await change(600);
  await other.query("select pg_advisory_lock(hashtextextended('vacuum-mirror', 0))");
  expect(await vacuum()).toEqual({ state: "busy", vacuumed: [] });
  await other.query("select pg_advisory_unlock_all()");
  await inTheWay();
  expect(await vacuum({ waitMs: 50 })).toEqual({ state: "busy", vacuumed: [] });
  await other.query("rollback");
  expect(await vacuum()).toEqual({ state: "done", vacuumed: ["card"] });
});

test("a stop ends it at the server, and what comes next has neither its connection nor its lock", async () => {
  await change(600);
  await inTheWay();
  const stopping = new AbortController();
  const stopped = vacuum({ signal: stopping.signal });
  await expect.poll(running).toBe(1);
  stopping.abort();
  expect(await stopped).toEqual({ state: "stopped", vacuumed: [] });
  await expect.poll(running).toBe(0);
  await other.query("rollback");
  const { rows } = await database().pool.query("select current_setting('lock_timeout') as limit");
  expect(rows).toEqual([{ limit: "10s" }]);
  expect(await vacuum({ signal: stopping.signal })).toEqual({ state: "stopped", vacuumed: [] });
  await expect.poll(() => vacuum()).toEqual({ state: "done", vacuumed: ["card"] });
});

test("one that takes too long is given up", async () => {
  await change(600);
  await inTheWay();
  expect(await vacuum({ deadlineMs: 50 })).toEqual({ state: "late", vacuumed: [] });
});

test("cards are read and written while one runs", async () => {
  await change(600);
  await inTheWay();
  const vacuumed = vacuum();
  await expect.poll(running).toBe(1);
  const { rowCount } = await database().pool.query("update card set balance = 8 where balance = 7");
  expect(rowCount).toBe(600);
  await other.query("rollback");
  expect(await vacuumed).toEqual({ state: "done", vacuumed: ["card"] });
});
