import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import * as schema from "@/lib/db/schema";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { readRecentChanges } from "./read-recent-changes";

let file: TestDatabase;
let ctx: Ctx;
const asked: { query: string; params: unknown[] }[] = [];
const now = new Date("2026-09-21T18:00:00Z");

/** Years of changes, operations and cards, and a few of them since yesterday. */
const SEED = [
  `insert into card (id, code, type, balance, created_at, first_seen_at, read_at)
    select 'card' || n, 'code' || n, '1', n, '2026-09-21'::timestamptz - n * interval '1 hour', now(), now() from generate_series(1, 20000) n`,
  `insert into card_event (card_id, at, kind, before, after)
    select 'card' || n % 5000, '2026-09-21'::timestamptz - n * interval '2 seconds', 'balance', '9', case when n % 1000 = 0 then '0' else '8' end
    from generate_series(1, 60000) n`,
  `insert into operation (id, kind, state, params, actor_name, created_at, expires_at)
    select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'transfer', 'done', '{"kind":"generate","keyType":1,"count":1}',
      'lin', '2026-09-21'::timestamptz - n * interval '1 hour', now() from generate_series(1, 20000) n`,
];

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  for (const statement of SEED) await runOn(file.ownerUrl, statement);
  for (const table of ["card", "card_event", "operation"]) await runOn(file.ownerUrl, `vacuum analyze ${table}`);
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  ctx = {
    ...systemContext(),
    now: () => now,
    db: drizzle(database().pool, { schema, casing: "snake_case", logger }),
  };
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

type Plan = { "Node Type": string; "Relation Name"?: string; "Actual Rows": number; Plans?: Plan[] };

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

test("it is one statement, which reads what happened since yesterday and not what happened in years", async () => {
  const recent = await readRecentChanges({ ctx });
  expect(recent.created).toBeGreaterThan(0);
  expect(recent.emptied).toBeGreaterThan(0);
  expect(recent.moved).toBeGreaterThan(0);
  expect(asked).toHaveLength(1);
  for (const { query, params } of asked) {
    const { rows } = await database().pool.query(`explain (analyze, format json) ${query}`, params);
    for (const node of nodes(rows[0]["QUERY PLAN"][0].Plan)) {
      if (!/^(card|operation)/.test(node["Relation Name"] ?? "")) continue;
      expect(node["Node Type"]).not.toBe("Seq Scan");
      expect(node["Actual Rows"]).toBeLessThan(200);
    }
  }
});
