import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import * as schema from "@/lib/db/schema";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { seedMirror } from "@/test/support/seed-mirror";
import { fillNameTerms } from "../names/fill-name-terms";
import { findCards } from "./find-cards";
import { findCustomers } from "./find-customers";

let file: TestDatabase;
let asked: { query: string; params: unknown[] }[] = [];
let ctx: Ctx;

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  const { pool } = database();
  await seedMirror(file.ownerUrl, 20_000);
  await fillNameTerms({ ctx: systemContext(), input: { signal: new AbortController().signal } });
  await runOn(file.ownerUrl, "vacuum analyze card_name");
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  ctx = { ...systemContext(), db: drizzle(pool, { schema, casing: "snake_case", logger }) };
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

test.each([
  "13800001111",
  "13800001111 13900001111 wNaa1GDw",
  "138****1111",
  "1234",
  "88776",
  "伟",
  "伟芳",
  "赵伟芳 尾号 1234",
  "伟芳 娜敏",
  "wf",
  "zhaowei",
  "Jonathan",
  "wNaa1GDw",
  "wNaa",
  "ab1234",
  "0f8fad5bd9cb469fa16570867728950e",
  "z",
])("%j: no full scan of cards or names", async (text) => {
  asked = [];
  await findCards({ ctx, input: { text } });
  await expectNoFullScan();
});

test("customers by a phone, a user id and a name beside last 4 digits: no full scan either", async () => {
  asked = [];
  const input = {
    phones: ["13800001111"],
    ids: ["0f8fad5bd9cb469fa16570867728950e"],
    names: ["赵伟芳"],
    ends: ["1234"],
  };
  await findCustomers({ ctx, input });
  await expectNoFullScan();
});

async function expectNoFullScan(): Promise<void> {
  expect(asked.length).toBeGreaterThan(0);
  for (const { query, params } of asked) {
    const { rows } = await database().pool.query(`explain (format json) ${query}`, params);
    const scans = nodes(rows[0]["QUERY PLAN"][0].Plan).filter(
      (node) => node["Node Type"] === "Seq Scan" && /^card/.test(node["Relation Name"] ?? ""),
    );
    expect(scans).toEqual([]);
  }
}
