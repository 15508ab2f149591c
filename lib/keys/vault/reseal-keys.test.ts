import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openText, sealText } from "@/lib/core/app-keys";
import { totpContext } from "@/lib/core/sealing";
import { cardKey, totp, user } from "@/lib/db/schema";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { decryptKey, isSealedByNewest } from "./encrypt-key";
import { readAppKeys } from "./read-app-keys";
import { resealKeys } from "./reseal-keys";

const app = (tag: string, byte: number) => `${tag}:${Buffer.alloc(32, byte).toString("base64")}`;
const [k1, k2, k3, k4] = [app("k1", 1), app("k2", 2), app("k3", 3), app("k4", 4)];

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

test("without app keys nothing happens", async () => {
  room.setEnv({ APP_KEYS: "" });
  expect(await reseal()).toBe(0);
});
