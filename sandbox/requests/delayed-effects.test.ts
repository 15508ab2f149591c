import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callEspai, callPotato } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { DOCUMENTED_TRANSFER, SOURCE_ID } from "../store/documented-cards.ts";
import type { StoreParts } from "../store/store.ts";

const HOUR_MS = 3_600_000;

let folder: string;
const running: Sandbox[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-sandbox-"));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
  rmSync(folder, { recursive: true });
});

async function start(statePath?: string): Promise<Sandbox> {
  const sandbox = await startSandbox({ cards: 10, keys: 0, ...(statePath ? { statePath } : {}) });
  running.push(sandbox);
  return sandbox;
}
const transfer = (sandbox: Sandbox) => callEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER);
const balance = (sandbox: Sandbox) => sandbox.store.cards.get(SOURCE_ID)?.api_limit;

test("the rules are checked when the effect is due", async () => {
  const sandbox = await start();
  await sandbox.addFaults([{ fault: "failure-unlisted", effect: { lateMs: HOUR_MS } }]);
  await transfer(sandbox);
  expect(sandbox.summary().pendingLate).toBe(1);
  const [row] = sandbox.store.journal;
  if (row) row.dueAt = Date.now();
  sandbox.store.cards.delete(SOURCE_ID);
  sandbox.context.delayed.resume();
  await expect.poll(() => row?.refusal).toBe("额度卡不存在");
  expect(row).toMatchObject({ effectAt: null, changes: [], dueAt: null });
});

test("a caller with a wrong key changes nothing, now or later", async () => {
  const sandbox = await start();
  await sandbox.addFaults([{ fault: "empty", effect: { lateMs: 0 } }]);
  await callPotato(sandbox, "/api/createCardMy", { type: 1, total: 2 }, { askKey: "wrong" });
  expect(sandbox.store.journal).toMatchObject([{ refusal: "askKey无效", dueAt: null }]);
  expect(sandbox.summary().pendingLate).toBe(0);
});

test("an effect that is pending at a stop happens after the next start", async () => {
  const statePath = join(folder, "state.json");
  const first = await start(statePath);
  await first.addFaults([{ fault: "failure-unlisted", effect: { lateMs: HOUR_MS } }]);
  await transfer(first);
  await first.close();
  expect(balance(first)).toBe(500);
  const saved: StoreParts = JSON.parse(readFileSync(statePath, "utf8"));
  const journal = saved.journal?.map((row) => ({ ...row, dueAt: Date.now() }));
  writeFileSync(statePath, JSON.stringify({ ...saved, journal }));
  const second = await start(statePath);
  await expect.poll(() => balance(second)).toBe(490);
  expect(second.store.journal).toMatchObject([{ effect: "late", dueAt: null, changes: [{}, {}] }]);
});
