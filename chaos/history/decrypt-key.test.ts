import { expect, test, vi } from "vitest";
import { decryptKey } from "./decrypt-key.ts";

test("decrypts what the console encrypted, and nothing that was moved or encrypted with another key", async () => {
  const appKeys = `k1:${Buffer.alloc(32, 1).toString("base64")}`;
  vi.stubEnv("APP_KEYS", appKeys);
  const { encryptKey } = await import("@/lib/keys/vault/encrypt-key");
  const cipher = encryptKey("BF28FAE8", "row-1");
  expect(decryptKey(cipher, "row-1", appKeys)).toBe("BF28FAE8");
  expect(decryptKey(cipher, "row-2", appKeys)).toBeNull();
  expect(decryptKey(cipher, "row-1", `k1:${Buffer.alloc(32, 2).toString("base64")}`)).toBeNull();
  expect(decryptKey(Buffer.from([1, 2, 3]), "row-1", appKeys)).toBeNull();
});
