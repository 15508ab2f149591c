import { expect, test, vi } from "vitest";
import { openKey } from "./decrypt-key.ts";

test("opens what the console sealed, and nothing that was moved or sealed by another key", async () => {
  const appKeys = `k1:${Buffer.alloc(32, 1).toString("base64")}`;
  vi.stubEnv("APP_KEYS", appKeys);
  const { encryptKey } = await import("@/lib/keys/vault/encrypt-key");
  const sealed = encryptKey("BF28FAE8", "row-1");
  expect(openKey(sealed, "row-1", appKeys)).toBe("BF28FAE8");
  expect(openKey(sealed, "row-2", appKeys)).toBeNull();
  expect(openKey(sealed, "row-1", `k1:${Buffer.alloc(32, 2).toString("base64")}`)).toBeNull();
  expect(openKey(Buffer.from([1, 2, 3]), "row-1", appKeys)).toBeNull();
});
