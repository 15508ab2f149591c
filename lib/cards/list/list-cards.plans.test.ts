import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { runOn } from "@/test/database";
import { type AskedDatabase, openAskedDatabase, type PlanNode } from "@/test/support/asked-database";
import { placed, SAMPLE_QUERIES } from "@/test/support/card-queries";
import { seedMirror, seedNames } from "@/test/support/seed-mirror";
import { CARD_SORTS, type CardFilter } from "../types";
import { listCards } from "./list-cards";

let room: AskedDatabase;

beforeAll(async () => {
  room = await openAskedDatabase();
  await seedMirror(room.ownerUrl, 10_000);
});

afterAll(() => room.close());

/** The scans of `card` in the plans of everything asked so far, and after `settings`. */
async function scansOfCards(settings = ""): Promise<PlanNode[]> {
  return (await room.planNodes({ settings })).filter((node) => node["Relation Name"] === "card");
}

test.each(SAMPLE_QUERIES)("$name: neither rows nor total need a full scan", async (sample) => {
  const { total } = await listCards({ ctx: room.ctx, input: placed({ ...sample, place: "first" }, 1) });
  room.forget();
  await listCards({ ctx: room.ctx, input: placed(sample, total) });
  await expectNoFullScan();
});

test.each([
  ["a whole phone", { phone: "13800000001" }],
  ["the last 4 digits of a phone", { phone: "8888" }],
  ["a whole code", { code: "wNaa1GDw" }],
  ["the last 4 of a code", { code: "1GDw" }],
])("who sees them masked: %s needs no full scan", async (_, filter) => {
  const masked: Ctx = { ...room.ctx, actor: { ...room.ctx.actor, role: "support" } };
  room.forget();
  await listCards({ ctx: masked, input: { filter, sort: { id: "created", desc: true }, page: 1, size: 50 } });
  await expectNoFullScan();
});

test.each([["goneSince"], ["emptiedSince"]])(
  "cards that ended since a day are found from those events: %s",
  async (name) => {
    await seedEvents();
    room.forget();
    await listCards({
      ctx: room.ctx,
      input: { filter: { [name]: "2026-01-02" }, sort: { id: "created", desc: true }, page: 1, size: 50 },
    });
    await expectNoFullScan();
    const indexes = (await room.planNodes()).flatMap((node) => node["Index Name"] ?? []);
    expect(indexes).toContain("card_event_end_idx");
  },
);

test.each([
  ["few cards have", "VIP", 20],
  ["many cards have", "批发", 50],
])("a tag that %s is found by its index, and where few have it no list of cards is scanned", async (_, tag, shown) => {
  await runOn(
    room.ownerUrl,
    `insert into card_tag (card_id, key, tag, added_at)
      select id, 'vip', 'VIP', now() from (select id from card where gone_at is null order by id limit 20) few
      union all select id, '批发', '批发', now() from (select id from card where gone_at is null order by id limit 5000) many
      on conflict do nothing`,
  );
  await runOn(room.ownerUrl, "vacuum analyze card_tag");
  room.forget();
  const { rows } = await listCards({
    ctx: room.ctx,
    input: { filter: { tag }, sort: { id: "created", desc: true }, page: 1, size: 50 },
  });
  expect(rows).toHaveLength(shown);
  if (tag === "VIP") await expectNoFullScan();
  const indexes = (await room.planNodes()).flatMap((node) => node["Index Name"] ?? []);
  expect(indexes.some((name) => name.startsWith("card_tag_"))).toBe(true);
});

/** Changes of many days, few of them an end. */
async function seedEvents(): Promise<void> {
  await runOn(room.ownerUrl, "truncate card_event");
  await runOn(
    room.ownerUrl,
    `insert into card_event (card_id, at, kind, before, after)
      select 'card' || n % 1000, '2025-01-01'::timestamptz + n * interval '20 minutes', case when n % 90 = 0 then 'gone' else 'balance' end,
        '9', case when n % 50 = 0 then '0' else '8' end from generate_series(1, 30000) n`,
  );
  await runOn(room.ownerUrl, "vacuum analyze card_event");
}

async function expectNoFullScan(): Promise<void> {
  const scans = await scansOfCards();
  expect(scans.length).toBeGreaterThan(0);
  expect(scans.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
}

const COMMON_FILTERS: CardFilter[] = [
  { types: ["1", "2"] },
  { balanceMin: 100 },
  { empty: true },
  { redeemed: true },
  { createdFrom: "2026-01-01", createdTo: "2026-01-31" },
];

test.each(CARD_SORTS)("sorted by %s, every filter but a text is read from the index alone", async (id) => {
  for (const desc of [false, true]) {
    room.forget();
    for (const filter of COMMON_FILTERS)
      await listCards({ ctx: room.ctx, input: { filter, sort: { id, desc }, page: 1, size: 50 } });
    // No other way to the rows than the sort's own index.
    const scans = await scansOfCards(
      "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off; set local enable_incremental_sort = off",
    );
    const lists = scans.filter((node) => node["Index Name"] !== "card_pkey");
    expect(lists.length).toBeGreaterThan(0);
    expect(lists.filter((node) => node["Node Type"] !== "Index Only Scan")).toEqual([]);
  }
});

test("a total that the kept counts know comes with the rows, and is not counted again", async () => {
  for (const filter of [{}, { types: ["1"] }, { redeemed: true, empty: true }, { gone: "show" as const }]) {
    room.forget();
    await listCards({ ctx: room.ctx, input: { filter, sort: { id: "created", desc: true }, page: 1, size: 50 } });
    expect(room.asked).toHaveLength(1);
    expect(room.asked[0]?.query).toContain("sum(cards)");
    expect(room.asked[0]?.query).not.toContain("count(*)");
  }
});

test("a text that may be pinyin: each card found is looked at once, and the page's again", async () => {
  await seedNames(room.ownerUrl);
  for (const name of ["jonathan", "wei"]) {
    const input = { filter: { name }, sort: { id: "balance" as const, desc: true }, page: 1, size: 50 };
    room.forget();
    const { total } = await listCards({ ctx: room.ctx, input });
    const scans = (await room.planNodes({ analyze: true })).filter(
      (node) => node["Relation Name"] === "card" && node["Node Type"] !== "Bitmap Index Scan",
    );
    const looked = scans.reduce((sum, node) => sum + node["Actual Rows"] * node["Actual Loops"], 0);
    expect(total).toBeGreaterThan(500);
    // Few gone ones are found by their names and then left out.
    expect(looked).toBeLessThan(1.05 * total + 50);
  }
});

/** It believes fewer than a hundred of the most common terms nothing. */
const ALL_WEI = `'null_frac', 0::real, 'most_common_elem_freqs', array_fill(1::real, '{102}'),
  'most_common_elems', (select array_agg('wei' || n)::text from generate_series(100, 199) n)`;

describe("cards whose nickname is spoken like a text", () => {
  const sort = { id: "balance", desc: true } as const;
  const ask = (filter: CardFilter) => listCards({ ctx: room.ctx, input: { filter, sort, page: 1, size: 50 } });

  beforeAll(() => seedNames(room.ownerUrl));

  /** What was asked so far is answered by one scan of the index of ids, and none of the whole table. */
  async function expectOneScanOfIds(total: number): Promise<void> {
    const scans = (await room.planNodes({ analyze: true })).filter((node) => node["Relation Name"] === "card");
    const byIds = scans.filter((node) => node["Actual Rows"] === total && node["Actual Loops"] === 1);
    expect(byIds.map((node) => node["Index Name"])).toContain("card_live_id_idx");
    expect(scans.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
  }

  test("they are looked up all at once, in the order of their ids", async () => {
    room.forget();
    const { total } = await ask({ name: "wei" });
    expect(total).toBeGreaterThan(500);
    await expectOneScanOfIds(total);
  });

  test.each([
    ["nothing", "select pg_clear_attribute_stats('public', 'card_name', 'terms', false)"],
    ["that nobody is called so", saying("'null_frac', 1.0::real")],
    ["that all are called so", saying(ALL_WEI)],
  ])("statistics that say %s change neither what is found nor how", async (_, statement) => {
    const before = await ask({ name: "wei" });
    await runOn(room.ownerUrl, "alter table card_name set (autovacuum_enabled = false)");
    await runOn(room.ownerUrl, statement);
    room.forget();
    expect(await ask({ name: "wei" })).toEqual(before);
    await expectOneScanOfIds(before.total);
  });

  test("a late page of few is looked up so too, and not read along the order", async () => {
    room.forget();
    const input = { filter: { name: "wei" }, sort, page: 15, size: 50 };
    const { rows, total } = await listCards({ ctx: room.ctx, input });
    expect(rows).toHaveLength(50);
    await expectOneScanOfIds(total);
    const along = (await room.planNodes({ analyze: true })).filter(
      (node) => node["Index Name"]?.startsWith("card_live_balance") && node["Actual Loops"] > 0,
    );
    expect(along).toEqual([]);
  });

  test("another condition is asked of those cards, and not they of its cards", async () => {
    const {
      rows: [first],
    } = await ask({ name: "wei", redeemed: true });
    const phone = await runOn(room.ownerUrl, `select phone from card where id = '${first?.id}'`);
    room.forget();
    const found = await ask({ name: "wei", phone: String(phone[0]?.phone) });
    expect(found.rows.map(({ id }) => id)).toContain(first?.id);
    const scans = (await room.planNodes()).filter((node) => node["Relation Name"] === "card");
    expect(scans.length).toBeGreaterThan(0);
    expect(scans.filter((node) => node.Filter?.includes("ANY ((InitPlan"))).toEqual([]);
  });
});

/** A statement that has the planner believe this of nicknames. */
function saying(what: string): string {
  return `select pg_restore_attribute_stats('schemaname', 'public', 'relname', 'card_name', 'attname', 'terms', 'inherited', false, ${what})`;
}
