import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sendRequest } from "../http/send-request.ts";
import { callEspai, callPotato } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { DOCUMENTED_TRANSFER, SOURCE_ID } from "../store/documented-cards.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 40, keys: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const admin = (path: string, body: unknown) =>
  sendRequest(`${sandbox.url}/_sandbox${path}`, { method: "POST", headers: {}, body });
const balance = () => sandbox.store.cards.get(SOURCE_ID)?.api_limit;
const transfer = () => callEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER);
const generate = () => callPotato(sandbox, "/api/createCardMy", { type: 1, total: 2 });

test("a held call is in the journal and has no effect until it is released; other calls pass", async () => {
  await admin("/hold", { kind: "transfer" });
  const held = transfer();
  await expect.poll(() => sandbox.store.journal).toMatchObject([{ kind: "transfer", effectAt: null }]);
  expect(await generate()).toMatchObject({ json: { status: true } });
  expect(balance()).toBe(500);
  await admin("/release", {});
  expect(await held).toMatchObject({ json: { success: true } });
  expect(balance()).toBe(490);
  expect(await transfer()).toMatchObject({ json: { success: true } });
});

test("calls of one kind can be released while others stay held", async () => {
  await admin("/hold", { kind: "transfer" });
  await admin("/hold", { kind: "generate" });
  const [held, made] = [transfer(), generate()];
  await admin("/release", { kind: "generate" });
  expect(await made).toMatchObject({ json: { status: true } });
  expect(balance()).toBe(500);
  await admin("/release", {});
  await held;
  expect(balance()).toBe(490);
});

test("the first calls can be let through", async () => {
  await admin("/hold", { kind: "generate", passes: 2 });
  await generate();
  await generate();
  const third = generate();
  await expect.poll(() => sandbox.store.journal.length).toBe(3);
  expect(sandbox.store.keys).toHaveLength(4);
  await admin("/release", {});
  await third;
  expect(sandbox.store.keys).toHaveLength(6);
});

test("a release cuts the connection of a call that hangs", async () => {
  await sandbox.addFaults([{ fault: "hang", effect: "before" }]);
  const hanging = transfer();
  await expect.poll(balance).toBe(490);
  await admin("/release", {});
  expect(await hanging).toMatchObject({ status: 0, failure: "ECONNRESET" });
});

test("a release applies effects that come late", async () => {
  await sandbox.addFaults([{ fault: "empty", effect: { lateMs: 3_600_000 } }]);
  await transfer();
  expect(balance()).toBe(500);
  await admin("/release", {});
  expect(balance()).toBe(490);
  expect(sandbox.summary().pendingLate).toBe(0);
});

test("only a kind of call can be held and released", async () => {
  for (const path of ["/hold", "/release"])
    expect(await admin(path, { kind: "coffee" })).toMatchObject({ status: 400 });
});
