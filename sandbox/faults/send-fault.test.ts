import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FaultName } from "../core/fault-names.ts";
import { fields } from "../core/fields.ts";
import { changeOptions, defaultOptions } from "../core/options.ts";
import { callEspai, callPotato, callTalkbot } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { DOCUMENTED_TRANSFER, SOURCE_ID } from "../store/documented-cards.ts";
import type { FaultRuleInput } from "./fault-rule.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 40, keys: 5 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  changeOptions(sandbox.context.state.options, defaultOptions());
});

const fault = (...rules: FaultRuleInput[]) => sandbox.addFaults(rules);
const transfer = (signal?: AbortSignal) =>
  callEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER, signal ? { signal } : {});
const generate = (total = 10) => callPotato(sandbox, "/api/createCardMy", { type: 1, total });
const rowsOf = (json: unknown) => fields(json).data as Record<string, unknown>[];
const inFlight = () => sandbox.summary().calls.espai.inFlight;

describe("what the caller of a transfer sees", () => {
  const cases: [FaultName, object][] = [
    ["reset", { status: 0, failure: "ECONNRESET" }],
    [
      "cut-with-length",
      { status: 200, failure: "ABORTED", json: undefined, text: expect.stringMatching(/^\{"success"/) },
    ],
    ["cut-chunked", { status: 200, failure: "ABORTED", json: undefined, text: expect.stringMatching(/^\{"success"/) }],
    ["empty", { status: 200, text: "", failure: null }],
    ["non-json", { status: 200, json: undefined, text: expect.stringContaining("维护") }],
    ["html-500", { status: 500, headers: { "content-type": "text/html" }, json: undefined }],
    ["html-502", { status: 502, headers: { "content-type": "text/html" }, json: undefined }],
    ["html-404", { status: 404, headers: { "content-type": "text/html" }, json: undefined }],
    ["json-500", { status: 500, json: { error: "Internal Server Error" } }],
    ["json-403", { status: 403, json: { error: "Forbidden" } }],
    ["429-seconds", { status: 429, headers: { "retry-after": "2" } }],
    ["429-date", { status: 429, headers: { "retry-after": expect.stringMatching(/GMT$/) } }],
    ["429-garbage", { status: 429, headers: { "retry-after": expect.stringContaining("crocodile") } }],
    ["redirect-same", { status: 307, headers: { location: "/cdkey/transfer?redirected=1" } }],
    ["wrong-shape", { status: 200, json: { result: "ok" } }],
    ["wrong-types", { status: 200, json: { success: "true", message: ["请求成功"] } }],
    ["failure-listed", { status: 200, json: { success: false, message: "额度不足", code: 500 } }],
    [
      "failure-unlisted",
      { status: 200, json: { success: false, message: expect.stringMatching(/^系统错误/), code: 500 } },
    ],
    ["login-expired-after", { status: 200, json: { success: false, message: "open_api_key无效", code: 401 } }],
    ["refused-after-effect", { status: 200, json: { success: false, message: "open_api_key无效", code: 401 } }],
  ];
  test.each(cases)("%s", async (name, seen) => {
    await fault({ fault: name, with: name === "login-expired-after" ? { calls: 0 } : {} });
    expect(await transfer()).toMatchObject(seen);
  });

  test("hang: nothing at all until the caller disconnects", async () => {
    await fault({ fault: "hang", effect: "before" });
    const caller = new AbortController();
    const reply = transfer(caller.signal);
    await expect.poll(() => sandbox.store.journal[0]?.effectAt ?? null).not.toBeNull();
    expect(inFlight()).toBe(1);
    caller.abort();
    expect(await reply).toMatchObject({ status: 0, text: "", failure: "CANCELLED" });
    await expect.poll(inFlight).toBe(0);
  });

  test("drip: headers and the first byte at once, the rest later", async () => {
    await fault({ fault: "drip", effect: "before", with: { ms: 3_600_000 } });
    const response = await fetch(`${sandbox.espai}/cdkey/transfer`, {
      method: "POST",
      headers: { authorization: sandbox.credentials.espaiKey },
      body: JSON.stringify(DOCUMENTED_TRANSFER),
    });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect([response.status, new TextDecoder().decode(first?.value)]).toEqual([200, "{"]);
    await reader?.cancel();
    await expect.poll(inFlight).toBe(0);
  });

  test.each(["before", "never"] as const)(
    "drip with effect %s: the whole body is honest about the effect",
    async (effect) => {
      await fault({ fault: "drip", effect, with: { ms: 1 } });
      expect(await transfer()).toMatchObject({ failure: null, json: { success: effect === "before" } });
    },
  );

  test("gzip bomb: little on the wire, 64 MiB in the end", async () => {
    await fault({ fault: "gzip-bomb" });
    const reply = await transfer();
    expect(reply.headers).toMatchObject({ "content-encoding": "gzip" });
    expect(reply.body.length).toBeLessThan(200_000);
    let unpacked = 0;
    for await (const part of Readable.from([reply.body]).pipe(createGunzip())) unpacked += part.length;
    expect(unpacked).toBeGreaterThan(64 * 1024 * 1024);
  });

  test("redirect to another host: the target records the names of the secrets it receives", async () => {
    await fault({ fault: "redirect-other" });
    const { status, headers } = await transfer();
    const location = `${sandbox.redirectTarget}/cdkey/transfer`;
    expect({ status, headers }).toMatchObject({ status: 307, headers: { location } });
    expect(sandbox.summary().redirectTarget.hits).toEqual([]);
    await fetch(String(headers.location), { method: "POST", headers: { askKey: "k" } });
    expect(sandbox.summary().redirectTarget.hits).toMatchObject([
      { path: "/cdkey/transfer", secretHeaders: ["askkey"] },
    ]);
  });

  test("a client that follows a redirect to the same host is served and counted", async () => {
    await fault({ fault: "redirect-same", effect: "before" });
    const { headers } = await transfer();
    const reply = await callEspai(sandbox, String(headers.location), DOCUMENTED_TRANSFER);
    expect(reply.json).toMatchObject({ success: true });
    expect(sandbox.summary().calls.espai.redirectsFollowed).toBe(1);
    expect(sandbox.store.cards.get(SOURCE_ID)?.api_limit).toBe(480);
  });
});

describe("refuse", () => {
  test("the port is really closed, other upstreams stay, and it opens again", async () => {
    await fault({ id: "down", match: { upstream: "espai" }, fault: "refuse" });
    expect(await transfer()).toMatchObject({ failure: "ECONNREFUSED" });
    expect(sandbox.summary().listening).toEqual({ espai: false, potato: true, talkbot: true });
    expect((await callTalkbot(sandbox, "/v1/billing")).status).toBe(200);
    await sandbox.clearFaults("down");
    expect((await transfer()).json).toMatchObject({ success: true });
  });

  test("calls in flight finish", async () => {
    const latency = Promise.withResolvers<void>();
    const slow = await startSandbox({ cards: 3, options: { latencyMs: 1 }, sleep: () => latency.promise });
    const call = () => callEspai(slow, "/cdkey/transfer", DOCUMENTED_TRANSFER);
    const first = call();
    await expect.poll(() => slow.summary().calls.espai.inFlight).toBe(1);
    await slow.addFaults([{ match: { upstream: "espai" }, fault: "refuse" }]);
    expect(await call()).toMatchObject({ failure: "ECONNREFUSED" });
    latency.resolve();
    expect((await first).json).toMatchObject({ success: true });
    await slow.close();
  });

  test("with a duration it ends by itself", async () => {
    await fault({ match: { upstream: "espai" }, fault: "refuse", with: { ms: 30 } });
    await expect.poll(() => sandbox.summary().listening.espai).toBe(true);
    expect((await transfer()).json).toMatchObject({ success: true });
  });
});

describe("keys", () => {
  test.each([
    [{ fault: "keys-fewer" }, 7, 7, 7],
    [{ fault: "keys-fewer", with: { hide: true } }, 10, 7, 7],
    [{ fault: "keys-more" }, 12, 12, 12],
    [{ fault: "keys-duplicate" }, 9, 10, 9],
    [{ fault: "keys-duplicate", with: { hide: true } }, 10, 10, 9],
  ] as const)("%j of ten makes %i, shows %i, %i different", async (rule, made, rows, different) => {
    await fault(rule);
    const keys = rowsOf((await generate()).json);
    expect(sandbox.store.keys.length).toBe(5 + made);
    expect([keys.length, new Set(keys.map((key) => key.id)).size]).toEqual([rows, different]);
    expect(sandbox.store.journal[0]?.changes.length).toBe(made);
  });

  test("wrong signature: the body is a success, its sign is wrong", async () => {
    await fault({ fault: "wrong-signature", effect: "never" });
    const { json } = await generate();
    expect(json).toMatchObject({ code: "200", sign: "0".repeat(32) });
    expect([rowsOf(json).length, sandbox.store.keys.length]).toEqual([10, 5]);
  });

  test("clock skew: the upstream's dates are ahead", async () => {
    const askedAt = Date.now();
    await fault({ fault: "clock-skew", with: { skewMs: 600_000 } });
    const [key] = rowsOf((await generate(1)).json);
    expect(Number(key?.createdDate)).toBeGreaterThanOrEqual(askedAt + 600_000);
  });
});

test("a partial destroy destroys some and then fails", async () => {
  const ids = [...sandbox.store.cards.values()]
    .slice(0, 4)
    .map((card) => Object.assign(card, { type: "1", api_limit: 0 }).id);
  await fault({ fault: "destroy-partial" });
  const reply = await callEspai(
    sandbox,
    "/cdkey/destroy",
    ids.map((id) => ({ id })),
  );
  expect(reply.json).toMatchObject({ success: false, code: 500 });
  expect(ids.map((id) => sandbox.store.cards.has(id))).toEqual([false, false, true, true]);
});

test("wrong types in a list keep its content", async () => {
  await fault({ fault: "wrong-types" });
  const reply = await callEspai(sandbox, "/cdkey/list", { id: SOURCE_ID });
  expect(rowsOf(reply.json)).toMatchObject([
    { api_limit: "500", type: 1, user_phone: "15916888888", user_name: "琳琅" },
  ]);
});
