import "server-only";
import { drizzle } from "drizzle-orm/node-postgres";
import { vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import * as schema from "@/lib/db/schema";
import { createTestDatabase } from "@/test/database";

/** A node of a plan; the actual numbers only where the plan was run. */
export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Filter?: string;
  "Rows Removed by Filter"?: number;
  "Actual Rows": number;
  "Actual Loops": number;
};
type Plan = PlanNode & { Plans?: Plan[] };

type Asked = { query: string; params: unknown[] };

export type AskedDatabase = {
  ownerUrl: string;
  /** Whose queries are noted. */
  ctx: Ctx;
  asked: Asked[];
  forget(): void;
  /** Every node in the plans of what was asked (of `some` of it), after `settings`; `analyze`: with what it really read. */
  planNodes(options?: {
    settings?: string;
    analyze?: boolean;
    some?: (asked: Asked) => boolean;
  }): Promise<(PlanNode & { query: string })[]>;
  close(): Promise<void>;
};

/** A database of a test file's own, which the console's code uses, and which tells how it would answer what it was asked. */
export async function openAskedDatabase(): Promise<AskedDatabase> {
  const file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  const { pool } = database();
  const asked: Asked[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  return {
    ownerUrl: file.ownerUrl,
    ctx: { ...systemContext(), db: drizzle(pool, { schema, casing: "snake_case", logger }) },
    asked,
    forget: () => {
      asked.length = 0;
    },
    planNodes: async ({ settings = "", analyze = false, some = () => true } = {}) => {
      const client = await pool.connect();
      try {
        await client.query(`begin; ${settings}`);
        const found: (PlanNode & { query: string })[] = [];
        for (const { query, params } of asked.filter(some)) {
          const { rows } = await client.query(`explain (${analyze ? "analyze, " : ""}format json) ${query}`, params);
          found.push(...nodes(rows[0]["QUERY PLAN"][0].Plan).map((node) => ({ ...node, query })));
        }
        await client.query("rollback");
        return found;
      } finally {
        client.release();
      }
    },
    close: async () => {
      await pool.end();
      await file.drop();
    },
  };
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
