import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import * as schema from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { seedMirror } from "@/test/support/seed-mirror";
import { findMany } from "./find-many";

let file: TestDatabase;
let asked: { query: string; params: unknown[] }[] = [];
let ctx: Ctx;
let pasted: Record<"phones" | "codes" | "ids" | "users" | "pairs", string[]>;

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  const { pool } = database();
  await seedMirror(file.ownerUrl, 20_000);
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  ctx = { ...systemContext(), db: drizzle(pool, { schema, casing: "snake_case", logger }) };
  const { rows } = await pool.query("select id, code, phone, user_id from card where phone is not null limit 2000");
  const column = (name: string) => rows.map((row: Record<string, string>) => row[name] ?? "");
  pasted = {
    ...{ phones: column("phone"), codes: column("code"), ids: column("id"), users: column("user_id") },
    pairs: rows.map((row: Record<string, string>) => `${row.phone}\t${row.code}`),
  };
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

test.each(["phones", "codes", "ids", "users", "pairs"] as const)(
  "2,000 %s: a handful of queries, and no full scan of cards or keys",
  async (kind) => {
    for (const lines of [pasted[kind].slice(0, 3), pasted[kind]]) {
      asked = [];
      const { cards } = await findMany({ ctx, input: { text: lines.join("\n"), from: 0 } });
      expect(cards.length).toBeGreaterThan(lines.length / 2);
      const reads = asked.filter(({ query }) => /\bcard(_key)?\b/.test(query) && !query.startsWith("insert"));
      expect(asked.length).toBeLessThan(8);
      for (const { query, params } of reads) {
        const { rows } = await database().pool.query(`explain (format json) ${query}`, params);
        const scans = nodes(rows[0]["QUERY PLAN"][0].Plan).filter(
          (node) => node["Node Type"] === "Seq Scan" && /^card/.test(node["Relation Name"] ?? ""),
        );
        expect(scans).toEqual([]);
      }
    }
  },
);
