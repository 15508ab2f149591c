import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { searchHashes } from "@/lib/audit";
import { sealStoredEvents } from "@/lib/cards";
import { openText, sealText } from "@/lib/core/app-keys";
import { customerNoteContext, followUpContext, totpContext } from "@/lib/core/sealing";
import { cardEvent, cardKey, customerNote, followUp, operation, totp, user } from "@/lib/db/schema";
import { openOperation, sealStoredOperations } from "@/lib/operations";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { countUnsealed } from "./count-unsealed";
import { decryptKey, isSealedByNewest } from "./encrypt-key";
import { readAppKeys } from "./read-app-keys";
import { resealKeys } from "./reseal-keys";

const app = (tag: string, byte: number) => `${tag}:${Buffer.alloc(32, byte).toString("base64")}`;
const [k1, k2, k3, k4, k5, k6] = [1, 2, 3, 4, 5, 6].map((byte) => app(`k${byte}`, byte)) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom({ variables: { APP_KEYS: k1 } });
  await room.run(await room.create(2, 25));
});
afterAll(() => room.close());

const stored = () => room.db.select({ id: cardKey.id, cipher: cardKey.cipher }).from(cardKey);
const plain = async () => (await stored()).map(({ id, cipher }) => decryptKey(cipher, id)).toSorted();
const use = () => readAppKeys({ ctx: room.as("admin") });
const reseal = (input: Parameters<typeof resealKeys>[0]["input"] = {}) => resealKeys({ ctx: room.as("admin"), input });

test("nothing is done without a rotation", async () => {
  // The keys, and the fingerprint's secret.
  expect(await use()).toMatchObject([{ tag: "k1", state: "newest", sealed: 26 }]);
  expect(await reseal()).toBe(0);
});

test("after a rotation every key is sealed again, a stopped run is gone on with, and then the old key may go", async () => {
  const before = await plain();
  room.setEnv({ APP_KEYS: `${k2},${k1}` });
  expect(await use()).toMatchObject([
    { tag: "k2", state: "newest", sealed: 0 },
    { tag: "k1", state: "old", sealed: 26 },
  ]);
  const stopped = new AbortController();
  stopped.abort();
  expect(await reseal({ signal: stopped.signal })).toBe(0);
  // Steps smaller than what there is.
  expect(await reseal({ chunk: 10 })).toBe(25);
  expect(await reseal()).toBe(0);
  expect(await use()).toMatchObject([
    { tag: "k2", state: "newest", sealed: 26 },
    { tag: "k1", state: "old", sealed: 0 },
  ]);
  room.setEnv({ APP_KEYS: k2 });
  expect(await plain()).toEqual(before);
});

test("two runs at once seal each key once, and keys that don't open stay as they are", async () => {
  const [damaged] = await stored();
  if (!damaged) throw new Error("no key");
  const bent = Buffer.from(damaged.cipher);
  bent[bent.length - 1] = (bent[bent.length - 1] ?? 0) ^ 1;
  await room.db.update(cardKey).set({ cipher: bent }).where(eq(cardKey.id, damaged.id));
  room.setEnv({ APP_KEYS: `${k3},${k2}` });
  const [one, two] = await Promise.all([reseal({ chunk: 5 }), reseal({ chunk: 5 })]);
  expect(one + two).toBe(24);
  const rows = await stored();
  expect(rows.filter(({ cipher }) => isSealedByNewest(cipher))).toHaveLength(24);
  expect(rows.find(({ id }) => id === damaged.id)?.cipher).toEqual(bent);
  expect(await use()).toMatchObject([
    { tag: "k3", state: "newest", sealed: 25 },
    { tag: "k2", state: "old", sealed: 1 },
  ]);
  room.setEnv({ APP_KEYS: k3 });
  expect(await use()).toMatchObject([
    { tag: "k3", state: "newest", sealed: 25 },
    { tag: "k2", state: "missing", sealed: 1 },
  ]);
});

test("the secret of an authenticator app is counted and sealed again like a key, for its user alone", async () => {
  room.setEnv({ APP_KEYS: k3 });
  const userId = randomUUID();
  await room.db.insert(user).values({ id: userId, username: "with an app", role: "support" });
  const secret = sealText("JBSWY3DPEHPK3PXP", totpContext(userId));
  await room.db.insert(totp).values({ userId, secret, createdAt: new Date() });
  expect(await use()).toMatchObject([{ tag: "k3", sealed: 26 }, { tag: "k2" }]);

  room.setEnv({ APP_KEYS: `${k4},${k3}` });
  expect(await reseal()).toBe(25);
  expect(await use()).toMatchObject([
    { tag: "k4", sealed: 26 },
    { tag: "k3", sealed: 0 },
    { tag: "k2", state: "missing", sealed: 1 },
  ]);
  room.setEnv({ APP_KEYS: k4 });
  const [row] = await room.db.select().from(totp).where(eq(totp.userId, userId));
  expect(row && openText(row.secret, totpContext(userId))).toBe("JBSWY3DPEHPK3PXP");
  expect(() => row && decryptKey(row.secret, userId)).toThrow();
});

test("phones and codes are counted and sealed again like keys, and found by their hashes when the old key is gone", async () => {
  room.setEnv({ APP_KEYS: k4 });
  const id = randomUUID();
  const at = new Date();
  const card = { id: "a", code: "AAAA1111", phone: "13900000001", userName: null, type: "1", balance: 0 };
  const params = { kind: "destroy" as const, card };
  const row = { id, kind: params.kind, state: "draft" as const, params, actorName: "x", createdAt: at, expiresAt: at };
  await room.db.insert(operation).values(row);
  const event = { cardId: "a", at, kind: "code" as const, before: "AAAA1111", after: "BBBB2222" };
  await room.db.insert(cardEvent).values(event);
  const ctx = room.as("admin");
  expect(await countUnsealed({ ctx })).toBe(2);
  await sealStoredOperations({ ctx, input: {} });
  await sealStoredEvents({ ctx, input: {} });
  expect(await countUnsealed({ ctx })).toBe(0);
  const [before] = await use();
  const stored = async () => (await room.db.select().from(operation).where(eq(operation.id, id)))[0];
  const hashes = (await stored())?.about;
  expect(hashes).toHaveLength(2);

  room.setEnv({ APP_KEYS: `${k5},${k4}` });
  expect(await reseal()).toBe((before?.sealed ?? 0) - 1);
  room.setEnv({ APP_KEYS: k5 });
  const [newest] = await use();
  expect(newest).toMatchObject({ tag: "k5", sealed: before?.sealed });
  const found = await stored();
  expect(found && openOperation(found).params).toEqual(params);
  expect(found?.about).toEqual(searchHashes({ phones: ["13900000001"], codes: ["AAAA1111"] }));
  expect(found?.about).not.toEqual(hashes);
});

test("words about customers are counted and sealed again like keys; a deleted note has none", async () => {
  room.setEnv({ APP_KEYS: k5 });
  const userId = randomUUID();
  await room.db.insert(user).values({ id: userId, username: "writes notes", role: "support" });
  const [before] = await use();
  const [note, deleted, promise] = [randomUUID(), randomUUID(), randomUUID()];
  const base = { cardId: "a", authorId: userId, authorName: "x", at: new Date() };
  await room.db.insert(customerNote).values([
    { ...base, id: note, sealed: sealText("备注", customerNoteContext(note)) },
    { ...base, id: deleted, deletedAt: new Date(), deletedByName: "x" },
  ]);
  const opened = { cardId: "a", assignedTo: userId, openedBy: userId, openedByName: "x", openedAt: new Date() };
  const sealed = sealText("回电", followUpContext(promise));
  await room.db.insert(followUp).values({ ...opened, id: promise, sealed, dueAt: new Date(), state: "open" });
  expect((await use())[0]?.sealed).toBe((before?.sealed ?? 0) + 2);

  room.setEnv({ APP_KEYS: `${k6},${k5}` });
  await reseal();
  room.setEnv({ APP_KEYS: k6 });
  const [kept] = await room.db.select().from(customerNote).where(eq(customerNote.id, note));
  expect(kept?.sealed && openText(kept.sealed, customerNoteContext(note))).toBe("备注");
  const [open] = await room.db.select().from(followUp);
  expect(open && openText(open.sealed, followUpContext(promise))).toBe("回电");
});

test("without app keys nothing happens", async () => {
  room.setEnv({ APP_KEYS: "" });
  expect(await reseal()).toBe(0);
});
