import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { runOn } from "@/test/database";
import { type AskedDatabase, openAskedDatabase } from "@/test/support/asked-database";
import { seedMirror } from "@/test/support/seed-mirror";
import { findCustomer } from "./find-customer";

let room: AskedDatabase;
let card: { id: string; user_id: string };

beforeAll(async () => {
  room = await openAskedDatabase();
  await seedMirror(room.ownerUrl, 20_000);
  await runOn(
    room.ownerUrl,
    `insert into card_event (card_id, at, kind, before, after) select id, now(), 'balance', '2', '1' from card`,
  );
  await runOn(room.ownerUrl, "vacuum analyze card_event");
  const { rows } = await database().pool.query(
    "select id, user_id from card where user_id is not null and gone_at is null limit 1",
  );
  card = rows[0];
});

afterAll(() => room.close());

test.each(["user", "card"] as const)("a customer by %s: no full scan of cards or of their events", async (by) => {
  room.forget();
  await findCustomer({ ctx: room.ctx, input: by === "user" ? { userId: card.user_id } : { cardId: card.id } });
  expect(room.asked.length).toBeGreaterThanOrEqual(5);
  const scans = (await room.planNodes()).filter(
    (node) => node["Node Type"] === "Seq Scan" && /^card(_event)?$/.test(node["Relation Name"] ?? ""),
  );
  expect(scans).toEqual([]);
});
