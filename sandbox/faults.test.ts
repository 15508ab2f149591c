import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Reply } from "./ask.ts";
import { askEspai, askPotato, askTalkbot, balanceIn, DOCUMENTED_TRANSFER, EMPTY_ID, SOURCE_ID } from "./callers.ts";
import { FAULT_CATALOGUE, FAULT_NAMES } from "./fault-catalogue.ts";
import { fields } from "./lab.ts";
import { changeOptions, defaultOptions } from "./options.ts";
import { type Sandbox, startSandbox } from "./start.ts";
import type { Effect, EffectName, FaultName, FaultRuleInput, WriteKind } from "./types.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 40, keys: 5 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  changeOptions(sandbox.world.lab.options, defaultOptions());
});

const fault = (...rules: FaultRuleInput[]) => sandbox.addFaults(rules);
const transfer = (timeoutMs?: number) =>
  askEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER, timeoutMs ? { timeoutMs } : {});
const generate = (total = 10) => askPotato(sandbox, "/api/createCardMy", { type: 1, total });
const WRITES: Record<WriteKind, () => Promise<Reply>> = {
  transfer: () => transfer(2000),
  destroy: () => askEspai(sandbox, "/cdkey/destroy", [{ id: EMPTY_ID }], { timeoutMs: 2000 }),
  generate: () => generate(4),
};
const shown = (json: unknown) => fields(json).data as Record<string, unknown>[];

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
  ];
  test.each(cases)("%s", async (name, seen) => {
    await fault({ fault: name, with: name === "login-expired-after" ? { calls: 0 } : {} });
    expect(await transfer()).toMatchObject(seen);
  });

  test("hang: nothing at all", async () => {
    await fault({ fault: "hang" });
    expect(await transfer(150)).toMatchObject({ status: 0, failure: "TIMEOUT" });
  });

  test("drip: headers at once, then byte after byte, honest about the effect", async () => {
    await fault({ fault: "drip", effect: "before", with: { ms: 20 } });
    expect(await transfer(150)).toMatchObject({ status: 200, failure: "TIMEOUT", text: expect.stringMatching(/^\{"/) });
    await sandbox.addFaults([{ fault: "drip", effect: "never", with: { ms: 1 } }], { replace: true });
    expect(await transfer()).toMatchObject({ failure: null, json: { success: false, code: 500 } });
  });

  test("gzip bomb: little on the wire, 64 MiB in the end", async () => {
    await fault({ fault: "gzip-bomb" });
    const reply = await transfer();
    expect(Number(reply.headers["content-length"])).toBeLessThan(200_000);
    expect(reply.text.length).toBeGreaterThan(64 * 1024 * 1024);
  });

  test("refuse: the port is really shut, other upstreams go on, and it opens again", async () => {
    await fault({ id: "shut", match: { upstream: "espai" }, fault: "refuse" });
    expect(await transfer()).toMatchObject({ failure: "ECONNREFUSED" });
    expect(sandbox.summary().listening).toEqual({ espai: false, potato: true, talkbot: true });
    expect((await askTalkbot(sandbox, "/v1/billing")).status).toBe(200);
    await sandbox.clearFaults("shut");
    expect((await transfer()).json).toMatchObject({ success: true });
  });

  test("refuse lets calls under way finish", async () => {
    changeOptions(sandbox.world.lab.options, { latencyMs: 120 });
    const underWay = transfer();
    await expect.poll(() => sandbox.summary().calls.espai.inFlight, { interval: 5 }).toBe(1);
    await fault({ match: { upstream: "espai" }, fault: "refuse" });
    expect((await underWay).json).toMatchObject({ success: true });
    expect(await transfer()).toMatchObject({ failure: "ECONNREFUSED" });
  });

  test("refuse for a while ends by itself", async () => {
    await fault({ match: { upstream: "espai" }, fault: "refuse", with: { ms: 30 } });
    await expect.poll(() => sandbox.summary().listening.espai).toBe(true);
    expect((await transfer()).json).toMatchObject({ success: true });
  });

  test("redirect to another host: the trap notes names of the secrets it is shown", async () => {
    await fault({ fault: "redirect-other" });
    const { status, headers } = await transfer();
    expect({ status, headers }).toMatchObject({ status: 307, headers: { location: `${sandbox.trap}/cdkey/transfer` } });
    expect(sandbox.summary().trap.hits).toEqual([]);
    await fetch(String(headers.location), { method: "POST", headers: { askKey: "k" } });
    expect(sandbox.summary().trap.hits).toMatchObject([{ path: "/cdkey/transfer", secretHeaders: ["askkey"] }]);
  });

  test("who follows a redirect to the same host is served and counted", async () => {
    await fault({ fault: "redirect-same", effect: "before" });
    const { headers } = await transfer();
    const reply = await askEspai(sandbox, String(headers.location), DOCUMENTED_TRANSFER);
    expect(reply.json).toMatchObject({ success: true });
    expect(sandbox.summary().calls.espai.redirectsFollowed).toBe(1);
    expect(balanceIn(sandbox, SOURCE_ID)).toBe(480);
  });
});

describe("whether a faulted write happens", () => {
  const effects: Record<EffectName, Effect> = { never: "never", before: "before", late: { lateMs: 15 } };
  const kinds = Object.keys(WRITES) as WriteKind[];
  const cells = FAULT_NAMES.filter((name) => name !== "refuse").flatMap((name) =>
    FAULT_CATALOGUE[name].effects.flatMap((effect) =>
      kinds
        .filter((kind) => FAULT_CATALOGUE[name].kinds?.includes(kind) ?? true)
        .map((kind) => [name, kind, effect] as const),
    ),
  );
  test.each(cells)("%s on %s, effect %s", async (name, kind, effect) => {
    const quick = { ms: name === "hang" ? 1 : 0, calls: 0 };
    await fault({ fault: name, match: { kind }, effect: effects[effect], with: quick });
    await WRITES[kind]();
    const [row, ...others] = sandbox.state.journal;
    expect(others).toEqual([]);
    expect(row).toMatchObject({ kind, fault: name, effect, refusal: null });
    if (effect === "late") await expect.poll(() => row?.effectAt, { interval: 5 }).not.toBeNull();
    const happened = effect !== "never";
    expect(row?.effectAt !== null).toBe(happened);
    expect(row?.changes.length !== 0).toBe(happened);
    if (kind === "transfer") expect(balanceIn(sandbox, SOURCE_ID)).toBe(happened ? 490 : 500);
    if (kind === "destroy") expect(sandbox.state.cards.has(EMPTY_ID)).toBe(!happened);
    if (kind === "generate") expect(sandbox.state.keys.length > 5).toBe(happened);
  });

  test("a late effect is checked by the rules of its own time", async () => {
    await fault({ fault: "failure-unlisted", effect: { lateMs: 40 } });
    await transfer();
    expect(sandbox.summary().pendingLate).toBe(1);
    sandbox.state.cards.delete(SOURCE_ID);
    await expect.poll(() => sandbox.state.journal[0]?.refusal, { interval: 5 }).toBe("额度卡不存在");
    expect(sandbox.state.journal[0]).toMatchObject({ effectAt: null, changes: [], dueAt: null });
  });

  test("a caller with a wrong key changes nothing, whatever the effect", async () => {
    await fault({ fault: "empty", effect: { lateMs: 0 } });
    await askPotato(sandbox, "/api/createCardMy", { type: 1, total: 2 }, { askKey: "wrong" });
    expect(sandbox.state.journal).toMatchObject([{ refusal: "askKey无效", dueAt: null }]);
    expect(sandbox.summary().pendingLate).toBe(0);
  });

  test("effects that would make a definite answer a lie are refused", async () => {
    await expect(fault({ fault: "failure-listed", effect: "before" })).rejects.toThrow("can't go with effect before");
    await expect(fault({ fault: "keys-more", effect: "never" })).rejects.toThrow("only before");
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
    const keys = shown((await generate()).json);
    expect(sandbox.state.keys.length).toBe(5 + made);
    expect([keys.length, new Set(keys.map((key) => key.id)).size]).toEqual([rows, different]);
    expect(sandbox.state.journal[0]?.changes.length).toBe(made);
  });

  test("a wrong signature: the answer looks fine but for its sign", async () => {
    await fault({ fault: "wrong-signature", effect: "never" });
    const { json } = await generate();
    expect(json).toMatchObject({ code: "200", sign: "0".repeat(32) });
    expect([shown(json).length, sandbox.state.keys.length]).toEqual([10, 5]);
  });

  test("clock skew: the upstream's dates are ahead", async () => {
    await fault({ fault: "clock-skew", with: { skewMs: 600_000 } });
    const [key] = shown((await generate(1)).json);
    expect(Number(key?.createdDate)).toBeGreaterThan(Date.now() + 500_000);
  });
});

test("a partial destroy takes some and then complains", async () => {
  const ids = [...sandbox.state.cards.values()]
    .slice(0, 4)
    .map((card) => Object.assign(card, { type: "1", api_limit: 0 }).id);
  await fault({ fault: "destroy-partial" });
  const reply = await askEspai(
    sandbox,
    "/cdkey/destroy",
    ids.map((id) => ({ id })),
  );
  expect(reply.json).toMatchObject({ success: false, code: 500 });
  expect(ids.map((id) => sandbox.state.cards.has(id))).toEqual([false, false, true, true]);
});

test("wrong types in a list keep its content", async () => {
  await fault({ fault: "wrong-types" });
  const reply = await askEspai(sandbox, "/cdkey/list", { id: SOURCE_ID });
  expect(shown(reply.json)).toMatchObject([
    { api_limit: "500", type: 1, user_phone: "15916888888", user_name: "琳琅" },
  ]);
});
