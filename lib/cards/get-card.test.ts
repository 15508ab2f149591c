import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import { audit, card, operation, operationCard } from "@/lib/db/schema";
import { type Sandbox, startSandbox } from "@/sandbox/start-sandbox";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { getCard } from "./get-card";
import { rereadCard } from "./mirror/reread-card";
import { syncCards } from "./mirror/sync-cards";
import { revealCard } from "./reveal-card";

let file: TestDatabase;
let sandbox: Sandbox;
/** The documented card: 琳琅, code wNaa1GDw, 500 calls. */
const ID = "772868ead56c48d68fd1924aa5ec3aac";

beforeAll(async () => {
  file = await createTestDatabase();
  sandbox = await startSandbox({ cards: 10, keys: 0 });
  vi.stubEnv("DATABASE_URL", file.url);
  vi.stubEnv("ESPAI_BASE_URL", sandbox.espai);
  vi.stubEnv("ESPAI_API_KEY", sandbox.credentials.espaiKey);
  vi.stubEnv("ALLOW_INSECURE_LOOPBACK_UPSTREAMS", "1");
  vi.stubEnv("UPSTREAM_TIMEOUT_MS", "120000");
  vi.stubEnv("LOG_LEVEL", "silent");
  await syncCards({ ctx: systemContext(), input: { trigger: "start" } });
});

afterAll(async () => {
  await sandbox.close();
  await database().pool.end();
  await file.drop();
});

afterEach(() => sandbox.clearFaults());

const support = (): Ctx => ({
  ...systemContext(),
  actor: { id: null, name: "xiao", role: "support", sessionId: null },
});
const operator = (): Ctx => ({
  ...systemContext(),
  actor: { id: null, name: "li", role: "operator", sessionId: null },
});
const at = (id = ID) => ({ ctx: support(), input: { id } });

test("shows every field, phone and code masked", async () => {
  const found = await getCard(at());
  expect(found).toMatchObject({
    maskedCode: "••••1GDw",
    maskedPhone: "159****8888",
    userName: "琳琅",
    balance: 500,
    userId: "87215a4192654cea8781a1a596d23cae",
    lockOwner: null,
    goneAt: null,
  });
  expect(found.history.map((entry) => entry.balance)).toEqual([500]);
  expect(JSON.stringify(found)).not.toMatch(/15916888888|wNaa1GDw/);
});

test("a card nobody knows is not found", async () => {
  await expect(getCard(at("0".repeat(32)))).rejects.toMatchObject({ code: "not_found" });
  await expect(rereadCard(at("0".repeat(32)))).rejects.toMatchObject({ code: "not_found" });
});

test("says which operation holds it", async () => {
  const { db } = database();
  const operationId = randomUUID();
  await db.insert(operation).values({
    id: operationId,
    kind: "destroy",
    state: "unknown",
    params: { kind: "generate", keyType: 0, count: 1 },
    actorName: "li",
    createdAt: new Date(),
    expiresAt: new Date(),
  });
  await db.insert(operationCard).values({ operationId, cardId: ID, role: "source", open: true });
  const lockOwner = { operationId, kind: "destroy", state: "unknown", actorName: "li" };
  expect(await getCard(at())).toMatchObject({ lockedBy: operationId, lockOwner });
  await db.update(operationCard).set({ open: false }).where(eq(operationCard.operationId, operationId));
  expect(await getCard(at())).toMatchObject({ lockedBy: null, lockOwner: null });
});

describe("live", () => {
  test("a reading is mirrored, with its change in the history", async () => {
    const row = sandbox.store.cards.get(ID);
    if (!row) throw new Error("no card");
    row.api_limit = 499;
    const before = await getCard(at());
    const { listed, card: found } = await rereadCard(at());
    expect(listed).toBe(true);
    expect(found.balance).toBe(499);
    expect(found.history.map((entry) => entry.balance)).toEqual([500, 499]);
    expect(Date.parse(found.readAt)).toBeGreaterThan(Date.parse(before.readAt));
  });

  test("a failed reading is an error and changes nothing", async () => {
    await sandbox.addFaults([{ fault: "html-502", match: { kind: "list" } }]);
    await expect(rereadCard(at())).rejects.toMatchObject({ code: "upstream", key: "upstream.http_status" });
    expect(await getCard(at())).toMatchObject({ balance: 499, gone: false });
  });

  test("a card the upstream does not list is not gone yet", async () => {
    const row = sandbox.store.cards.get(ID);
    if (!row) throw new Error("no card");
    sandbox.store.cards.delete(ID);
    expect(await rereadCard(at())).toMatchObject({ listed: false, card: { gone: false, balance: 499 } });
    sandbox.store.cards.set(ID, row);
  });
});

describe("revealing", () => {
  const revealed = () => database().db.select().from(audit).where(eq(audit.action, "card.revealed")).orderBy(audit.id);

  test.each([
    ["phone", "15916888888"],
    ["code", "wNaa1GDw"],
  ] as const)("shows the %s and says who saw it, without repeating it", async (field, value) => {
    expect(await revealCard({ ctx: operator(), input: { id: ID, field } })).toEqual({ value });
    const row = (await revealed()).at(-1);
    expect(row).toMatchObject({ actorName: "li", targetKind: "card", targetId: ID, detail: { field } });
    expect(JSON.stringify(row)).not.toContain(value);
  });

  test("what is not there can't be shown and leaves no trace", async () => {
    const before = (await revealed()).length;
    const { db } = database();
    await db.update(card).set({ phone: null }).where(eq(card.id, ID));
    const asked = revealCard({ ctx: support(), input: { id: ID, field: "phone" } });
    await expect(asked).rejects.toMatchObject({ code: "not_found" });
    expect(await revealed()).toHaveLength(before);
  });

  test("without its audit row nothing is shown", async () => {
    const none = "add constraint none check (action <> 'card.revealed') not valid";
    await runOn(file.ownerUrl, `alter table audit ${none}`);
    await expect(revealCard({ ctx: support(), input: { id: ID, field: "phone" } })).rejects.toThrow();
    await runOn(file.ownerUrl, "alter table audit drop constraint none");
  });
});
