import { afterAll, beforeAll, expect, test } from "vitest";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { runOn } from "@/test/database";
import { type AskedDatabase, openAskedDatabase } from "@/test/support/asked-database";
import { readTimeline } from "./read-timeline";
import { readTimelineSchema } from "./schemas";

let room: AskedDatabase;

/** A card with many changes among many cards, and as many operations, locks and records that are not about it. */
const SEED = [
  `insert into card (id, code, type, balance, first_seen_at, read_at)
    select 'card' || n, 'code' || n, '1', n, '2026-01-01', now() from generate_series(1, 5000) n`,
  `insert into card_event (card_id, at, kind, before, after)
    select case when n % 2 = 0 then 'card1' else 'card' || n % 5000 end, '2026-01-01'::timestamptz + n * interval '1 minute',
      'balance', n::text, (n - 1)::text from generate_series(1, 40000) n`,
  `insert into operation (id, kind, state, params, actor_name, created_at, expires_at)
    select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'generate', 'done', '{"kind":"generate","keyType":1,"count":1}',
      'lin', '2026-01-01'::timestamptz + n * interval '1 minute', now() from generate_series(1, 20000) n`,
  `insert into operation_card (operation_id, card_id, role, open) select id, 'card' || (2 + row_number() over ()), 'source', false
    from operation`,
  `insert into audit (actor_name, action, target_kind, target_id, at)
    select 'lin', 'card.revealed', 'card', 'card' || 2 + n % 4000, '2026-01-01'::timestamptz + n * interval '1 minute'
    from generate_series(1, 20000) n`,
  `update card set user_id = 'user' || id`,
  `insert into "user" (id, username, role) values ('00000000-0000-4000-8000-000000000001', 'lin', 'support')`,
  `insert into customer_note (id, card_id, user_id, author_id, author_name, at, deleted_at, deleted_by_name)
    select gen_random_uuid(), case when n % 3 > 0 then 'card' || c end, case when n % 3 < 2 then 'usercard' || c end,
      '00000000-0000-4000-8000-000000000001', 'lin', '2026-01-01'::timestamptz + n * interval '1 minute', now(), 'lin'
    from (select n, case when n % 2 = 0 then 1 else n % 5000 end as c from generate_series(1, 20000) n) s`,
];

beforeAll(async () => {
  room = await openAskedDatabase();
  for (const statement of SEED) await runOn(room.ownerUrl, statement);
  for (const table of ["card", "card_event", "operation", "operation_card", "audit", "customer_note"])
    await runOn(room.ownerUrl, `vacuum analyze ${table}`);
});

afterAll(() => room.close());

test.each([
  ["the newest page", null],
  ["a page far back", { source: "changes", at: "2026-01-10T00:00:00Z", id: "20000" }],
])("%s reads no more changes than it shows, and no table as a whole", async (_, before) => {
  room.forget();
  const input = readTimelineSchema.parse({ cardIds: ["card1"], before, limit: 30 });
  const { entries } = await readTimeline({ ctx: room.ctx, input, kinds });
  expect(entries).toHaveLength(30);
  expect(room.asked.length).toBeGreaterThan(3);
  for (const { query, ...node } of await room.planNodes({ analyze: true })) {
    if (!node["Relation Name"]) continue;
    expect(node["Node Type"], query).not.toBe("Seq Scan");
    // 30, one to know whether there are more, and one that a sort within one moment reads ahead.
    expect(node["Actual Rows"] * node["Actual Loops"], query).toBeLessThanOrEqual(32);
  }
});
