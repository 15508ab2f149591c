import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { type AskedDatabase, openAskedDatabase } from "@/test/support/asked-database";
import { seedMirror } from "@/test/support/seed-mirror";
import { findMany } from "./find-many";

let room: AskedDatabase;
let pasted: Record<"phones" | "codes" | "ids" | "users" | "pairs", string[]>;

beforeAll(async () => {
  room = await openAskedDatabase();
  await seedMirror(room.ownerUrl, 20_000);
  const { rows } = await database().pool.query(
    "select id, code, phone, user_id from card where phone is not null limit 2000",
  );
  const column = (name: string) => rows.map((row: Record<string, string>) => row[name] ?? "");
  pasted = {
    ...{ phones: column("phone"), codes: column("code"), ids: column("id"), users: column("user_id") },
    pairs: rows.map((row: Record<string, string>) => `${row.phone}\t${row.code}`),
  };
});

afterAll(() => room.close());

test.each(["phones", "codes", "ids", "users", "pairs"] as const)(
  "2,000 %s: a handful of queries, and no full scan of cards or keys",
  async (kind) => {
    for (const lines of [pasted[kind].slice(0, 3), pasted[kind]]) {
      room.forget();
      const { cards } = await findMany({ ctx: room.ctx, input: { text: lines.join("\n"), from: 0 } });
      expect(cards.length).toBeGreaterThan(lines.length / 2);
      expect(room.asked.length).toBeLessThan(8);
      const nodes = await room.planNodes({
        some: ({ query }) => /\bcard(_key)?\b/.test(query) && !query.startsWith("insert"),
      });
      const scans = nodes.filter(
        (node) => node["Node Type"] === "Seq Scan" && /^card/.test(node["Relation Name"] ?? ""),
      );
      expect(scans).toEqual([]);
    }
  },
);
