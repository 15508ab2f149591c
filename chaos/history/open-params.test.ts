import { expect, test, vi } from "vitest";
import type { OperationParams } from "@/lib/operations/types";
import { openParams } from "./open-params.ts";

const card = (code: string, phone: string | null) => ({ id: code, code, phone, userName: null, type: "1", balance: 1 });
const transfer: OperationParams = {
  kind: "transfer",
  source: card("AAAA1111", "13900000001"),
  target: card("BBBB2222", "13900000002"),
  amount: 3,
};

test("opens what the console sealed of each kind, and no row's for another", async () => {
  const appKeys = `k1:${Buffer.alloc(32, 1).toString("base64")}`;
  vi.stubEnv("APP_KEYS", appKeys);
  const { sealParams } = await import("@/lib/operations/journal/sealed-params");
  for (const params of [transfer, { kind: "destroy", card: card("CCCC3333", null) }] as const) {
    const stored = sealParams("id", params);
    const row = { id: "id", params: stored.params as OperationParams, sealed: stored.sealed };
    expect(openParams(row, appKeys)).toEqual(params);
    expect(() => openParams({ ...row, id: "other" }, appKeys)).toThrow("can't be opened");
  }
  const chunk: OperationParams = { kind: "generate", keyType: 1, count: 2 };
  expect(openParams({ id: "id", params: chunk, sealed: null }, appKeys)).toBe(chunk);
});
