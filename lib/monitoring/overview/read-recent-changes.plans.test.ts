import { afterAll, beforeAll, expect, test } from "vitest";
import { runOn } from "@/test/database";
import { type AskedDatabase, openAskedDatabase } from "@/test/support/asked-database";
import { readRecentChanges } from "./read-recent-changes";

let room: AskedDatabase;
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
  room = await openAskedDatabase();
  for (const statement of SEED) await runOn(room.ownerUrl, statement);
  for (const table of ["card", "card_event", "operation"]) await runOn(room.ownerUrl, `vacuum analyze ${table}`);
});

afterAll(() => room.close());

test("it is one statement, which reads what happened since yesterday and not what happened in years", async () => {
  const recent = await readRecentChanges({ ctx: { ...room.ctx, now: () => now } });
  expect(recent.created).toBeGreaterThan(0);
  expect(recent.emptied).toBeGreaterThan(0);
  expect(recent.moved).toBeGreaterThan(0);
  expect(room.asked).toHaveLength(1);
  for (const node of await room.planNodes({ analyze: true })) {
    if (!/^(card|operation)/.test(node["Relation Name"] ?? "")) continue;
    expect(node["Node Type"]).not.toBe("Seq Scan");
    expect(node["Actual Rows"]).toBeLessThan(200);
  }
});
