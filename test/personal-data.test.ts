import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestApproval } from "@/lib/approvals";
import { exportAudit } from "@/lib/audit";
import { auditFilterSchema } from "@/lib/audit/schemas";
import { exportCards, lookUpCard, readCardsLive, revealCard, syncCards } from "@/lib/cards";
import { exportSchema } from "@/lib/cards/schemas";
import { addNote } from "@/lib/customers";
import { database } from "@/lib/db/client";
import { setting, user } from "@/lib/db/schema";
import { exportMany, findMany } from "@/lib/find";
import { openFollowUp } from "@/lib/follow-ups";
import { assertMayExport, recordExport } from "@/lib/limits";
import { settingDefaults } from "@/lib/settings/schemas";
import type { CardRow } from "@/sandbox/store/card-row";
import { putCard } from "@/sandbox/store/store";
import { type OperationDesk, operationDesk } from "./support/operation-fixtures";
import { openTestRoom, type TestRoom } from "./support/test-environment";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { cards: 300, keys: 0 } });
  desk = operationDesk(room);
});
afterAll(() => room.close());

/** Tables that may hold a phone or a code in the clear, and why. */
const IN_THE_CLEAR: Record<string, string> = {
  "public.card": "the mirror: PostgreSQL searches and sorts phones and codes by parts",
};

/** Every row of every table as text, columns of bytes in both their spellings; by table. */
async function dump(): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: room.ownerUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string; quoted: string }>(
      `select schemaname || '.' || tablename as name, format('%I.%I', schemaname, tablename) as quoted from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const texts = new Map<string, string>();
    for (const { name, quoted } of tables) {
      const { rows } = await client.query<{ line: string }>(`select row_to_json(t)::text as line from ${quoted} t`);
      const lines = rows.flatMap(({ line }) => [
        line,
        line.replace(/\\\\x((?:[0-9a-f]{2})+)/g, (_, hex) => Buffer.from(hex, "hex").toString("latin1")),
      ]);
      texts.set(name, lines.join("\n"));
    }
    return texts;
  } finally {
    await client.end();
  }
}

const phoneOf = (card: CardRow) => String(card.user_phone);
const labels = {
  header: [],
  typeName: String,
  state: () => "",
  unlimited: "",
  action: String,
  outcome: String,
  name: () => ["x"],
};

/** Everything that a person can do with a card's phone and code, and everything that happens to a card. */
async function liveThrough(): Promise<CardRow[]> {
  const [from, to, empty, other, gone] = [desk.card(50), desk.card(1), desk.card(0), desk.card(50), desk.card(0)];
  await syncCards({ ctx: room.as("admin"), input: { trigger: "schedule" } });
  await (await desk.transfer(from, to, 4)).confirm();
  await desk.look(await desk.unknownTransfer(from, to, 3, "before"), 1);
  await desk.unknownTransfer(other, desk.card(1), 3, "never");
  await (await desk.destroy(empty)).confirm();
  await desk.transfer(from, to, 2);

  // An approval of a draft, and refusals of the upstream.
  const { db } = database();
  await db.update(user).set({ passwordHash: "x" });
  const operator = { callsMoved: 0, cardsDestroyed: 0, keysMade: 0 };
  await db.insert(setting).values({ key: "daily_limits", value: { ...settingDefaults.daily_limits, operator } });
  const asked = await desk.destroy(gone);
  await requestApproval({
    ctx: room.as("operator"),
    input: { subject: { kind: "operation", operationIds: [asked.id] }, reason: "清理", reference: null },
  });
  await expect(asked.confirm()).rejects.toThrow();

  // Look-ups and reveals, searches that are exported, and records found by a phone.
  const ctx = room.as("operator");
  await lookUpCard({ ctx, input: { phone: phoneOf(to), code: to.code } });
  await lookUpCard({ ctx, input: { phone: "13700000000", code: to.code } });
  for (const field of ["phone", "code"] as const) await revealCard({ ctx, input: { id: to.id, field } });
  const sort = { id: "created", desc: true };
  for (const filter of [{ phone: phoneOf(to) }, { code: to.code }]) {
    const input = exportSchema.parse({ format: "csv", scope: { kind: "filtered", filter, sort } });
    await exportCards({ ctx, input, labels });
  }
  const input = auditFilterSchema.parse({ card: phoneOf(to) });
  await exportAudit({ ctx: room.as("admin"), input, labels, admit: assertMayExport, record: recordExport });

  // What people write down about a customer.
  const text = `${phoneOf(to)} ${to.code}`;
  await addNote({ ctx, input: { about: { cardId: to.id }, text } });
  await openFollowUp({
    ctx,
    input: { cardId: to.id, operationId: null, dueInMinutes: 60, assignTo: null, text },
  });

  // Many lines at once, found and not, and their file.
  const pasted = { text: `${text}\n${phoneOf(from)}\n13700000000\n${from.code}`, from: 0 };
  await findMany({ ctx, input: pasted });
  const manyLabels = { header: { line: [], amount: "", card: [] }, result: () => "", name: () => ["x"] };
  await exportMany({
    ctx,
    input: { ...pasted, format: "csv" },
    labels: { ...manyLabels, typeName: String, state: () => "", unlimited: "" },
  });

  // A card gets another owner and another code.
  const moved = { ...to, user_phone: 13_700_000_001, user_id: "f".repeat(32), code: "Zz9Yy8Xx" };
  putCard(room.sandbox.store, moved);
  // Later than the reading that a look took ahead of time: an older one changes nothing.
  await readCardsLive(
    room.as("admin", () => new Date(Date.now() + 60_000)),
    [to.id],
  );
  return [from, to, empty, other, gone, moved];
}

test("after all that happens with cards, no table but the mirror holds a phone or a code", async () => {
  const lived = await liveThrough();
  const cards = [...lived, ...room.sandbox.store.cards.values()];
  const secrets = [...new Set(cards.flatMap((card) => [card.code, ...(card.user_phone ? [phoneOf(card)] : [])]))];
  const texts = await dump();
  for (const table of [
    "operation",
    "operation_reading",
    "card_event",
    "audit",
    "approval",
    "customer_note",
    "follow_up",
  ])
    expect(texts.get(`public.${table}`), table).not.toBe("");
  for (const kind of ["owner", "code"]) expect(texts.get("public.card_event")).toContain(`"kind":"${kind}"`);
  // The look itself finds what is there to find.
  const mirror = texts.get("public.card") ?? "";
  expect(secrets.filter((secret) => mirror.includes(secret)).length).toBeGreaterThan(300);

  const found = [...texts].flatMap(([table, text]) =>
    table in IN_THE_CLEAR
      ? []
      : secrets.filter((secret) => text.includes(secret)).map((secret) => `${table}: ${secret}`),
  );
  expect(found).toEqual([]);
});
