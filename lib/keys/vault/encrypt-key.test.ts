import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { database } from "@/lib/db/client";
import { setting } from "@/lib/db/schema";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { decryptKey, encryptKey } from "./encrypt-key";
import { readFingerprint } from "./fingerprint";

const app = (tag: string, byte: number) => `${tag}:${Buffer.alloc(32, byte).toString("base64")}`;
const KEY = "BF28FAE8B0C44B3FA5B8E7A7B1F7F8D1";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom({ variables: { APP_KEYS: app("k1", 1) } });
});
afterAll(() => room.close());

const unreadable = (work: () => unknown) => {
  try {
    work();
    return "readable";
  } catch (error) {
    return error instanceof AppError ? error.key : "other";
  }
};

describe("encryption", () => {
  test("opens what it sealed, seals the same key differently each time, and hides it", () => {
    room.setEnv({ APP_KEYS: app("k1", 1) });
    const [one, two] = [encryptKey(KEY, "row"), encryptKey(KEY, "row")];
    expect(decryptKey(one, "row")).toBe(KEY);
    expect(one.equals(two)).toBe(false);
    expect(one.includes(KEY)).toBe(false);
  });

  test("does not open for another row, nor when a byte was changed", () => {
    const sealed = encryptKey(KEY, "row");
    expect(unreadable(() => decryptKey(sealed, "other row"))).toBe("key_unreadable");
    for (const at of [0, 1, 3, sealed.length - 1]) {
      const bent = Buffer.from(sealed);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(unreadable(() => decryptKey(bent, "row"))).toBe("key_unreadable");
    }
  });

  test("after a rotation old keys still open and new ones carry the new tag; without the old key they don't", () => {
    room.setEnv({ APP_KEYS: app("k1", 1) });
    const old = encryptKey(KEY, "row");
    room.setEnv({ APP_KEYS: `${app("k2", 2)},${app("k1", 1)}` });
    expect(decryptKey(old, "row")).toBe(KEY);
    const fresh = encryptKey(KEY, "row");
    expect(fresh.subarray(2, 4).toString()).toBe("k2");
    room.setEnv({ APP_KEYS: app("k2", 2) });
    expect(decryptKey(fresh, "row")).toBe(KEY);
    expect(unreadable(() => decryptKey(old, "row"))).toBe("key_unreadable");
  });

  test("without app keys nothing may be made", () => {
    room.setEnv({ APP_KEYS: "" });
    expect(unreadable(() => encryptKey(KEY, "row"))).toBe("no_app_keys");
    room.setEnv({ APP_KEYS: app("k1", 1) });
  });
});

test("a fingerprint stays what it is over a rotation, and its secret is not readable in the database", async () => {
  const { db } = database();
  room.setEnv({ APP_KEYS: app("k1", 1) });
  const before = (await readFingerprint())(KEY);
  room.setEnv({ APP_KEYS: `${app("k2", 2)},${app("k1", 1)}` });
  const print = await readFingerprint();
  expect(print(KEY)).toBe(before);
  expect(print(`${KEY}0`)).not.toBe(before);
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  room.setEnv({ APP_KEYS: app("k2", 2) });
  expect((await readFingerprint())(KEY)).toBe(before);
  const [stored] = await db.select().from(setting);
  const raw = Buffer.from(String(stored?.value), "base64");
  expect(raw.length).toBeGreaterThan(40);
  expect(raw.subarray(2, 4).toString()).toBe("k2");
});
