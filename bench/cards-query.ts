import { cpus } from "node:os";
import { performance } from "node:perf_hooks";
import { listCards } from "../lib/cards/list-cards.ts";
import type { CardFilter, CardQuery, CardSort } from "../lib/cards/schemas.ts";
import { systemContext } from "../lib/context.ts";
import { database } from "../lib/db/client.ts";
import { createTestDatabase, startTestCluster } from "../server/test-database.ts";

/** Median ms a card-table query may take in the database layer, by how many cards are mirrored. */
const BOUNDS = [
  { cards: 10_000, boundMs: 15 },
  { cards: 100_000, boundMs: 50 },
] as const;
const ROUNDS = 31;

type Query = [string, CardFilter, CardSort["id"], boolean, number | "last" | "middle"];

const QUERIES: Query[] = [
  ["newest first", {}, "created", true, 1],
  ["middle page", {}, "created", true, "middle"],
  ["last page", {}, "created", true, "last"],
  ["empties last, descending", {}, "updated", true, "last"],
  ["unlimited on top", {}, "balance", true, 1],
  ["nickname order", {}, "name", false, "middle"],
  ["state order", {}, "state", false, "middle"],
  ["two types by balance", { types: ["1", "3"] }, "balance", false, 3],
  ["narrow balance range", { balanceMin: 10, balanceMax: 12 }, "created", true, 1],
  [
    "redeemed and created between",
    { redeemed: true, createdFrom: "2026-01-01", createdTo: "2026-01-31" },
    "name",
    false,
    1,
  ],
  ["empty paid cards", { empty: true, types: ["1", "2"] }, "created", true, 1],
  ["phone, whole", { phone: "13800001111" }, "created", true, 1],
  ["phone, last 4", { phone: "1234" }, "created", true, 1],
  ["phone, a part", { phone: "88776" }, "created", true, 1],
  ["nickname, two characters", { name: "伟芳" }, "created", true, 1],
  ["nickname, a word in many", { name: "jonathan" }, "balance", true, 1],
  ["code, a part", { code: "abc" }, "code", false, 1],
  ["with gone ones", { gone: "show" }, "created", true, 1],
  ["only gone ones", { gone: "only" }, "balance", true, 1],
];

async function main() {
  const cluster = process.env.DATABASE_URL ? null : await startTestCluster();
  const own = cluster && (await createTestDatabase());
  if (own) process.env.DATABASE_URL = own.url;
  let failed = 0;
  try {
    for (const { cards, boundMs } of BOUNDS) failed += await measure(cards, boundMs);
  } finally {
    await database().pool.end();
    await cluster?.stop();
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

async function measure(cards: number, boundMs: number): Promise<number> {
  const { pool } = database();
  await pool.query("truncate card");
  await pool.query(SEED, [cards]);
  await pool.query("vacuum analyze card");
  const trivial = await median(() => pool.query("select 1"));
  console.log(`\n${cards} cards, ${cpus().length} processors; select 1: ${trivial.toFixed(2)} ms; bound ${boundMs} ms`);
  let failed = 0;
  for (const [name, filter, sort, desc, place] of QUERIES) {
    const query: CardQuery = { filter, sort: { id: sort, desc }, page: 1, size: 50 };
    const { total } = await listCards({ ctx: systemContext(), input: query });
    const last = Math.max(1, Math.ceil(total / 50));
    const page = place === "last" ? last : place === "middle" ? Math.ceil(last / 2) : place;
    const ms = await median(() => listCards({ ctx: systemContext(), input: { ...query, page } }));
    const verdict = ms <= boundMs ? "ok" : "TOO SLOW";
    if (ms > boundMs) failed += 1;
    const ratio = `${(ms / trivial).toFixed(0)} ×`;
    console.log(
      `${ms.toFixed(1).padStart(7)} ms ${ratio.padStart(7)}  ${verdict}  ${name} (${total} rows, page ${page})`,
    );
  }
  return failed;
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}

/** Cards as the sandbox's seed spreads them: types, owners for seven in eight, one in ten empty, one in fifty gone. */
const SEED = `
  insert into card (id, code, type, balance, unlimited, user_id, phone, user_name, created_at, updated_at,
    first_seen_at, read_at, gone_at)
  select md5(i::text), substr(translate(encode(sha256(i::text::bytea), 'base64'), '+/=', 'xyz'), 1, 8), kind,
    case when kind = '5' then null when h % 10 = 0 then 0 when h % 101 = 0 then null else h % 5000 end,
    kind = '5',
    case when owned then md5('u' || i) end,
    case when owned then (13000000000 + (h::bigint * 7919) % 7000000000)::text end,
    case when owned then substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许', 1 + h % 20, 1)
      || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华', 1 + h / 20 % 20, 1)
      || case when h % 5 < 3 then substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华', 1 + h / 400 % 20, 1) else '' end
      || case when h % 13 = 0 then ' Jonathan' else '' end end,
    timestamptz '2026-09-21' - (h % 548) * interval '1 day' - i * interval '1 second',
    case when h % 5 < 3 then timestamptz '2026-09-21' - (h % 200) * interval '1 day' - i * interval '1 second' end,
    now(), now(), case when h % 50 = 0 then now() end
  from generate_series(1, $1::int) i,
    lateral (select abs(hashint4(i) % 1000003) as h) hash,
    lateral (select (array['0','0','1','1','1','2','2','3','4','5','9'])[1 + h % 11] as kind, h % 8 > 0 as owned) more`;

await main();
