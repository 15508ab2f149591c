import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import * as schema from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { placed, SAMPLE_QUERIES } from "@/test/support/card-queries";
import { seedMirror } from "@/test/support/seed-mirror";
import { listCards } from "./list-cards";

let file: TestDatabase;
let asked: { query: string; params: unknown[] }[] = [];
let ctx: Ctx;

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  const { pool } = database();
  await seedMirror(file.ownerUrl, 10_000);
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  ctx = { ...systemContext(), db: drizzle(pool, { schema, casing: "snake_case", logger }) };
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

test.each(SAMPLE_QUERIES)("$name: neither rows nor total need a full scan", async (sample) => {
  const { total } = await listCards({ ctx, input: placed({ ...sample, place: "first" }, 1) });
  asked = [];
  await listCards({ ctx, input: placed(sample, total) });
  await expectNoFullScan();
});

test.each([
  ["a whole phone", { phone: "13800000001" }],
  ["the last 4 digits of a phone", { phone: "8888" }],
  ["a whole code", { code: "wNaa1GDw" }],
  ["the last 4 of a code", { code: "1GDw" }],
])("who sees them masked: %s needs no full scan", async (_, filter) => {
  const masked: Ctx = { ...ctx, actor: { ...ctx.actor, role: "support" } };
  asked = [];
  await listCards({ ctx: masked, input: { filter, sort: { id: "created", desc: true }, page: 1, size: 50 } });
  await expectNoFullScan();
});

async function expectNoFullScan() {
  expect(asked.length).toBeGreaterThan(0);
  for (const { query, params } of asked) {
    const { rows } = await database().pool.query(`explain (format json) ${query}`, params);
    const scans = nodes(rows[0]["QUERY PLAN"][0].Plan).filter((node) => node["Relation Name"] === "card");
    expect(scans.length).toBeGreaterThan(0);
    expect(scans.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
  }
}
