import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { type AskedDatabase, openAskedDatabase } from "@/test/support/asked-database";
import { seedMirror } from "@/test/support/seed-mirror";
import type { CardFilter, CardSort } from "../types";
import { listCards } from "./list-cards";

const CARDS = 6_000;
const USED = 2_400;
const SIZE = 200;

let room: AskedDatabase;
beforeAll(async () => {
  room = await openAskedDatabase();
  await seedMirror(room.ownerUrl, CARDS);
  const client = new pg.Client({ connectionString: room.ownerUrl });
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
});
afterAll(() => room.close());

const SORTS = (["used1", "used7", "used30", "idle"] as const).flatMap((id) =>
  [true, false].map((desc): CardSort => ({ id, desc })),
);
const COLUMNS = { used1: "day1", used7: "day7", used30: "day30", idle: "idle_rank" } as Record<CardSort["id"], string>;

async function allPages(filter: CardFilter, sort: CardSort): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const { rows, total } = await listCards({ ctx: room.ctx, input: { filter, sort, page, size: SIZE } });
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

test.each(SORTS)(
  "by $id (desc $desc) a page is read from the index of that use, never from a whole table",
  async (sort) => {
    room.forget();
    for (const filter of [{}, { types: ["1"] }, { balanceMin: 100 }] as CardFilter[])
      await listCards({ ctx: room.ctx, input: { filter, sort, page: 2, size: 20 } });
    const plans = await room.planNodes({ some: ({ query }) => query.includes("card_use") });
    const scans = plans.filter((node) => ["card", "card_use"].includes(node["Relation Name"] ?? ""));
    expect(scans.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    const index = { used1: "day1", used7: "day7", used30: "day30", idle: "idle" }[sort.id as "idle"];
    expect(scans.filter((node) => node["Index Name"] === `card_use_${index}_idx`)).toHaveLength(3);
  },
);
