import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import * as schema from "@/lib/db/schema";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { seedMirror } from "@/test/support/seed-mirror";
import { findCustomer } from "./find-customer";

let file: TestDatabase;
let asked: { query: string; params: unknown[] }[] = [];
let ctx: Ctx;
let card: { id: string; user_id: string };

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  const { pool } = database();
  await seedMirror(file.ownerUrl, 20_000);
  await runOn(
    file.ownerUrl,
    `insert into card_event (card_id, at, kind, before, after) select id, now(), 'balance', '2', '1' from card`,
  );
  await runOn(file.ownerUrl, "vacuum analyze card_event");
  const { rows } = await pool.query(
    "select id, user_id from card where user_id is not null and gone_at is null limit 1",
  );
  card = rows[0];
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  ctx = { ...systemContext(), db: drizzle(pool, { schema, casing: "snake_case", logger }) };
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

test.each(["user", "card"] as const)("a customer by %s: no full scan of cards or of their events", async (by) => {
  asked = [];
  await findCustomer({ ctx, input: by === "user" ? { userId: card.user_id } : { cardId: card.id } });
  expect(asked.length).toBeGreaterThanOrEqual(5);
  for (const { query, params } of asked) {
    const { rows } = await database().pool.query(`explain (format json) ${query}`, params);
    const scans = nodes(rows[0]["QUERY PLAN"][0].Plan).filter(
      (node) => node["Node Type"] === "Seq Scan" && /^card(_event)?$/.test(node["Relation Name"] ?? ""),
    );
    expect(scans, query).toEqual([]);
  }
});
