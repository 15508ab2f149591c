import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fields } from "../core/fields.ts";
import { changeOptions, defaultOptions } from "../core/options.ts";
import { callPotato, signHeaders } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { signV1 } from "./potato-sign.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 0, keys: 30 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  changeOptions(sandbox.context.state.options, defaultOptions());
});

const create = (body: unknown, headers = {}) => callPotato(sandbox, "/api/createCardMy", body, headers);
const list = (body: unknown) => callPotato(sandbox, "/api/getCardMyList", body);
const rowsOf = (json: unknown) => fields(json).data as Record<string, unknown>[];
const NONCE = "abcdefghijABCDEFGHIJ0123456789xy";

describe("createCardMy", () => {
  test("makes ten keys in the documented shape", async () => {
    const { json } = await create({ type: 1, total: 10 });
    expect(json).toMatchObject({ code: "200", message: "", status: true, pc: null, time: null, sign: null });
    const keys = rowsOf(json);
    expect(keys.length).toBe(10);
    for (const key of keys) {
      expect(key).toEqual({
        id: expect.stringMatching(/^\d{19}$/),
        createdDate: expect.any(Number),
        modifiedDate: expect.any(Number),
        status: 1,
        ip: "127.0.0.1",
        appId: "657801375071686656",
        cardStr: expect.stringMatching(/^[0-9A-F]{32}$/),
        exportState: 1,
        state: 1,
        type: 1,
      });
    }
    expect(new Set(keys.map((key) => key.id)).size).toBe(10);
    expect(sandbox.store.journal).toMatchObject([{ kind: "generate", params: { type: 1, total: 10 } }]);
    expect(sandbox.store.journal[0]?.changes.length).toBe(10);
  });

  test.each([
    [{ type: 1, total: 11 }, "单次最多10条"],
    [{ type: 1, total: 0 }, "参数错误:total"],
    [{ type: 6, total: 1 }, "参数错误:type"],
    [{ type: "1", total: 1 }, "参数错误:type"],
    [{ total: 1 }, "缺失参数:type"],
    [{ type: 1 }, "缺失参数:total"],
  ])("%j is an error and makes nothing", async (body, message) => {
    expect((await create(body)).json).toMatchObject({ code: "500", status: false, message });
    expect(sandbox.store.keys.length).toBe(30);
  });

  test.each([
    [{ askKey: "wrong" }, "askKey无效"],
    [{ apiUserToken: "old" }, "登录已过期，请重新登录"],
  ])("%j is refused", async (headers, message) => {
    const { status, json } = await create({ type: 1, total: 1 }, headers);
    expect({ status, json }).toMatchObject({ status: 200, json: { code: "403", status: false, message } });
    expect(sandbox.store.keys.length).toBe(30);
  });
});

describe("getCardMyList", () => {
  test("newest first, in pages, with filters", async () => {
    await create({ type: 3, total: 2 });
    const all = rowsOf((await list({ p: 1, s: 1000 })).json);
    expect(all.length).toBe(32);
    const dates = all.map((key) => Number(key.createdDate));
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
    expect(rowsOf((await list({ p: 2, s: 20 })).json).map((key) => key.id)).toEqual(all.slice(20).map((key) => key.id));
    const used = rowsOf((await list({ p: 1, s: 1000, state: 0 })).json);
    expect(used.length).toBeGreaterThan(0);
    for (const key of used) {
      expect(key).toMatchObject({ expireTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) });
    }
    const part = String(all[0]?.cardStr).slice(4, 14).toLowerCase();
    expect(rowsOf((await list({ p: 1, s: 10, cardStr: part })).json).map((key) => key.id)).toEqual([all[0]?.id]);
    expect(rowsOf((await list({ p: 1, s: 10, type: 3, state: 1 })).json)[0]).toMatchObject({ cardMyId: all[0]?.id });
  });

  test("with a lag, a key is listed only so long after it was made", async () => {
    changeOptions(sandbox.context.state.options, { listLagMs: 3_600_000 });
    await create({ type: 3, total: 2 });
    expect(rowsOf((await list({ p: 1, s: 1000 })).json).length).toBe(30);
    changeOptions(sandbox.context.state.options, { listLagMs: 0 });
    expect(rowsOf((await list({ p: 1, s: 1000 })).json).length).toBe(32);
  });

  test("a key made while the upstream's clock was ahead is listed as soon as any other", async () => {
    const { options } = sandbox.context.state;
    changeOptions(options, { clockSkewMs: { ...options.clockSkewMs, potato: 600_000 } });
    await create({ type: 3, total: 2 });
    changeOptions(options, { clockSkewMs: { ...options.clockSkewMs, potato: 0 }, listLagMs: 1 });
    await expect.poll(async () => rowsOf((await list({ p: 1, s: 1000 })).json).length).toBe(32);
    changeOptions(options, { listLagMs: 0 });
  });

  test.each(["asked", "given"] as const)("a capped page; the next begins after the size %s", async (keyPageStep) => {
    changeOptions(sandbox.context.state.options, { keyPageCap: 10, keyPageStep });
    const idsOf = async (p: number, s: number) => rowsOf((await list({ p, s })).json).map((key) => key.id);
    const all = sandbox.store.keys.map((key) => key.id).reverse();
    expect(await idsOf(1, 15)).toEqual(all.slice(0, 10));
    expect(await idsOf(2, 15)).toEqual(keyPageStep === "asked" ? all.slice(15, 25) : all.slice(10, 20));
    expect(await idsOf(2, 5)).toEqual(all.slice(5, 10));
  });

  test("beyond its end the list can repeat its last page", async () => {
    changeOptions(sandbox.context.state.options, { keyPageEnd: "repeat" });
    const last = rowsOf((await list({ p: 2, s: 20 })).json);
    expect(last.length).toBe(10);
    expect(rowsOf((await list({ p: 9, s: 20 })).json)).toEqual(last);
    expect((await list({ p: 1, s: 20, cardStr: "nothing" })).json).toMatchObject({ code: "203" });
  });

  test("nothing found is 203, a page over 1000 an error", async () => {
    expect((await list({ p: 9, s: 1000 })).json).toMatchObject({ code: "203", data: null });
    expect((await list({ p: 1, s: 1001 })).json).toMatchObject({ code: "500", message: "参数错误:s" });
  });
});

describe("signatures", () => {
  test.each(["v1", "v3"] as const)("%s is checked and answers are signed", async (mode) => {
    changeOptions(sandbox.context.state.options, { sign: mode });
    const body = { type: 2, total: 1 };
    expect((await create(body)).json).toMatchObject({ code: "500", message: expect.stringMatching(/^验签失败/) });
    const bad = await create(body, { ...signHeaders(sandbox, mode, body, NONCE), sign: "0".repeat(32) });
    expect(bad.json).toMatchObject({ code: "500", message: "验签失败" });
    const good = fields((await create(body, signHeaders(sandbox, mode, body, NONCE))).json);
    expect(good.code).toBe("200");
    expect(good.sign).toBe(signV1(sandbox.credentials.potatoSignSecret, String(good.time)));
    expect(sandbox.store.keys.length).toBe(31);
  });

  test("v3 takes a nonce once", async () => {
    changeOptions(sandbox.context.state.options, { sign: "v3" });
    const body = { type: 2, total: 1 };
    const nonce = NONCE.split("").reverse().join("");
    expect((await create(body, signHeaders(sandbox, "v3", body, nonce))).json).toMatchObject({ code: "200" });
    const again = await create(body, signHeaders(sandbox, "v3", body, nonce));
    expect(again.json).toMatchObject({ message: "验签失败：nonce重复" });
  });

  test("a clock too far off is refused only if a tolerance is set", async () => {
    changeOptions(sandbox.context.state.options, { sign: "v1", clockSkewMs: { potato: 600_000 } });
    const headers = signHeaders(sandbox, "v1", {}, NONCE);
    expect((await create({ type: 0, total: 1 }, headers)).json).toMatchObject({ code: "200" });
    changeOptions(sandbox.context.state.options, { timeToleranceMs: 120_000 });
    expect((await create({ type: 0, total: 1 }, headers)).json).toMatchObject({ message: "验签失败：time已过期" });
  });
});
