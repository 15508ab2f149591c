import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import * as schema from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { seedMirror } from "@/test/support/seed-mirror";
import type { CardFilter, CardSort } from "../types";
import { listCards } from "./list-cards";

const CARDS = 6_000;
const USED = 2_400;
const SIZE = 200;

let file: TestDatabase;
let asked: { query: string; params: unknown[] }[] = [];
let ctx: Ctx;
beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  const { pool } = database();
  await seedMirror(file.ownerUrl, CARDS);
  const client = new pg.Client({ connectionString: file.ownerUrl });
  await client.connect();
  // Many cards with the same use: the id must break the ties the same way from either end.
  await client.query(
    `insert into card_daily_use (card_id, day, calls)
     select id, current_date - (row_number() over (order by id) % 40)::int, 1 + row_number() over (order by id) % 9
     from card limit $1`,
    [USED],
  );
  await client.query("vacuum analyze card; ");
  await client.query("vacuum analyze card_use");
  await client.end();
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  ctx = { ...systemContext(), db: drizzle(pool, { schema, casing: "snake_case", logger }) };
});
afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

const SORTS = (["used1", "used7", "used30", "idle"] as const).flatMap((id) =>
  [true, false].map((desc): CardSort => ({ id, desc })),
);
const COLUMNS = { used1: "day1", used7: "day7", used30: "day30", idle: "idle_rank" } as Record<CardSort["id"], string>;

async function allPages(filter: CardFilter, sort: CardSort): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const { rows, total } = await listCards({ ctx, input: { filter, sort, page, size: SIZE } });
    ids.push(...rows.map(({ id }) => id));
    if (page * SIZE >= total) return ids;
  }
}

test.each(SORTS)("by $id (desc $desc) every card stands on one page, those never seen in use last", async (sort) => {
  const filter: CardFilter = { types: ["1", "2", "3"] };
  const direction = sort.desc ? "desc" : "asc";
  const { rows } = await database().pool.query<{ id: string }>(
    `select id from card left join card_use on card_id = id where gone_at is null and type in ('1', '2', '3')
     order by ${COLUMNS[sort.id]} ${direction} nulls last, id ${direction}`,
  );
  expect(await allPages(filter, sort)).toEqual(rows.map(({ id }) => id));
});

test("with a text the order is the same", async () => {
  const whole = await allPages({}, { id: "used7", desc: true });
  const some = new Set(await allPages({ name: "jonathan" }, { id: "created", desc: true }));
  expect(some.size).toBeGreaterThan(20);
  expect(await allPages({ name: "jonathan" }, { id: "used7", desc: true })).toEqual(whole.filter((id) => some.has(id)));
});

type Plan = { "Node Type": string; "Relation Name"?: string; "Index Name"?: string; Plans?: Plan[] };
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

test.each(SORTS)(
  "by $id (desc $desc) a page is read from the index of that use, never from a whole table",
  async (sort) => {
    asked = [];
    for (const filter of [{}, { types: ["1"] }, { balanceMin: 100 }] as CardFilter[])
      await listCards({ ctx, input: { filter, sort, page: 2, size: 20 } });
    const { pool } = database();
    const plans: Plan[] = [];
    for (const { query, params } of asked.filter(({ query }) => query.includes("card_use"))) {
      const { rows } = await pool.query(`explain (format json) ${query}`, params);
      plans.push(...nodes(rows[0]["QUERY PLAN"][0].Plan));
    }
    const scans = plans.filter((node) => ["card", "card_use"].includes(node["Relation Name"] ?? ""));
    expect(scans.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    const index = { used1: "day1", used7: "day7", used30: "day30", idle: "idle" }[sort.id as "idle"];
    expect(scans.filter((node) => node["Index Name"] === `card_use_${index}_idx`)).toHaveLength(3);
  },
);
