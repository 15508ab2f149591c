import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fields } from "../core/fields.ts";
import { changeOptions, defaultOptions } from "../core/options.ts";
import { sendRequest } from "../http/send-request.ts";
import { callEspai } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { DOCUMENTED_TRANSFER, EMPTY_ID, SOURCE_ID, TARGET_ID } from "../store/documented-cards.ts";
import { putCard } from "../store/store.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 120 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  changeOptions(sandbox.context.state.options, defaultOptions());
});

const balance = (id: string) => sandbox.store.cards.get(id)?.api_limit;
const rowsOf = (json: unknown) => fields(json).data as Record<string, unknown>[];
const list = (body: unknown) => callEspai(sandbox, "/cdkey/list", body);
const cardOf = (id: string, code: string, rest: object) => ({
  id,
  create_time: 1,
  update_time: null,
  code,
  user_id: "u",
  api_limit: 50,
  type: "1",
  user_phone: 13900000001,
  user_name: "甲",
  ...rest,
});

describe("keys", () => {
  test.each([
    [{}, "缺失参数:authorization"],
    [{ authorization: "x".repeat(32) }, "open_api_key无效"],
    [{ authorization: "Bearer sandboxespai0key0123456789abcdef" }, "open_api_key无效"],
  ])("%j is refused", async (headers, message) => {
    const reply = await sendRequest(`${sandbox.espai}/cdkey/list`, { headers, body: {} });
    expect(reply).toMatchObject({ status: 200, json: { success: false, message, code: 401 } });
  });

  test("the shared address serves the same under a prefix", async () => {
    const headers = { authorization: sandbox.credentials.espaiKey };
    const reply = await sendRequest(`${sandbox.url}/espai/cdkey/list`, { headers, body: {} });
    expect(fields(reply.json).totalNumber).toBe(120);
  });
});

describe("list", () => {
  test("answers the documented card in the documented shape", async () => {
    const reply = await list({
      id: SOURCE_ID,
      code: "wNaa1GDw",
      user_name: "琳琅",
      user_phone: "15916888888",
      page: "1",
    });
    expect(reply.json).toEqual({
      message: "请求成功",
      data: [
        {
          id: SOURCE_ID,
          create_time: 1743506056109,
          update_time: null,
          code: "wNaa1GDw",
          user_id: "87215a4192654cea8781a1a596d23cae",
          api_limit: 500,
          type: "1",
          user_phone: 15916888888,
          user_name: "琳琅",
        },
      ],
      totalNumber: 1,
      success: true,
    });
  });

  test("pages do not overlap and together are everything", async () => {
    const pages = await Promise.all(["1", "2", "3"].map((page) => list({ page, limit: "50" })));
    const ids = pages.flatMap((page) => rowsOf(page.json).map((row) => row.id));
    expect(ids.length).toBe(120);
    expect(new Set(ids).size).toBe(120);
    expect(pages.map((page) => fields(page.json).totalNumber)).toEqual([120, 120, 120]);
  });

  test("its undocumented behaviour follows the options", async () => {
    const { options } = sandbox.context.state;
    changeOptions(options, { totalNumber: "rows" });
    expect(fields((await list({ page: "3", limit: "50" })).json).totalNumber).toBe(20);
    changeOptions(options, { ignorePaging: true, duplicates: 2, badRows: 3 });
    expect(rowsOf((await list({ page: "3", limit: "50" })).json).length).toBe(125);
    changeOptions(options, { ...defaultOptions(), filters: "partial" });
    expect(rowsOf((await list({ user_phone: "1591688" })).json).map((row) => row.id)).toEqual(
      expect.arrayContaining([SOURCE_ID, EMPTY_ID]),
    );
    changeOptions(options, { filters: "exact" });
    expect(rowsOf((await list({ user_phone: "1591688" })).json)).toEqual([]);
  });

  test("parameters are strings", async () => {
    expect((await list({ page: 1 })).json).toEqual({ success: false, message: "参数类型错误:page", code: 401 });
  });
});

test("detail finds by phone and code, and says when there is none", async () => {
  const found = await callEspai(sandbox, "/cdkey/detail", { code: "wNaa1GDw", phone: "15916888888" });
  expect(found.json).toMatchObject({ success: true, message: "请求成功", data: { id: SOURCE_ID, api_limit: 500 } });
  const wrongCase = await callEspai(sandbox, "/cdkey/detail", { code: "wnaa1gdw", phone: "15916888888" });
  expect(wrongCase.json).toEqual({ success: false, message: "额度卡不存在", code: 500 });
  const missing = await callEspai(sandbox, "/cdkey/detail", { code: "wNaa1GDw" });
  expect(missing.json).toEqual({ success: false, message: "缺失参数:phone", code: 401 });
});

describe("transfer", () => {
  const transfer = (change: object = {}) =>
    callEspai(sandbox, "/cdkey/transfer", { ...DOCUMENTED_TRANSFER, ...change });

  test("moves balance, and moves it again when sent again", async () => {
    expect((await transfer()).json).toEqual({ success: true, message: "请求成功" });
    await transfer();
    expect([balance(SOURCE_ID), balance(TARGET_ID)]).toEqual([480, 140]);
    expect(sandbox.store.journal.map((row) => [row.kind, row.effect, row.changes.length, row.refusal])).toEqual([
      ["transfer", "before", 2, null],
      ["transfer", "before", 2, null],
    ]);
  });

  test.each([
    [{ limit: undefined }, "缺失参数:limit"],
    [{ phone: "" }, "缺失参数:phone"],
    [{ phone: 15916888888 }, "参数类型错误:phone"],
    [{ limit: "0" }, "拒绝操作：转让额度必须是不小于1的整数"],
    [{ limit: "1.5" }, "拒绝操作：转让额度必须是不小于1的整数"],
    [{ limit: "501" }, "额度不足"],
    [{ target_code: "nonesuch" }, "额度卡不存在"],
    [{ target_phone: "15916888888" }, "额度卡不存在"],
    [{ target_code: "wNaa1GDw", target_phone: "15916888888" }, "拒绝操作：不能转让给同一张额度卡"],
    [{ target_code: "trial000", target_phone: "13900000001" }, "免费体验卡不能进行额度转让操作"],
    [{ target_code: "type9000", target_phone: "13900000001" }, "拒绝操作：额度卡余额转让必须都是付费卡"],
    [{ target_code: "endless0", target_phone: "13900000001" }, "拒绝操作：不限次数的额度卡不能转让"],
  ])("%j is refused and changes nothing", async (change, message) => {
    putCard(sandbox.store, cardOf("t", "trial000", { type: "0" }));
    putCard(sandbox.store, cardOf("n", "type9000", { type: "9" }));
    putCard(sandbox.store, cardOf("e", "endless0", { type: "5", api_limit: "不限次数" }));
    expect((await transfer(change)).json).toMatchObject({ success: false, message });
    expect([balance(SOURCE_ID), balance(TARGET_ID)]).toEqual([500, 120]);
    expect(sandbox.store.journal).toMatchObject([{ refusal: message, effectAt: null, changes: [] }]);
  });

  test("a balance kept as text stays text", async () => {
    putCard(sandbox.store, cardOf("s", "textual0", { api_limit: "50" }));
    await transfer({ target_code: "textual0", target_phone: "13900000001" });
    expect(balance("s")).toBe("60");
  });
});

describe("destroy", () => {
  const destroy = (body: unknown) => callEspai(sandbox, "/cdkey/destroy", body);

  test("takes the documented array and the card is gone", async () => {
    expect((await destroy([{ id: EMPTY_ID }])).json).toEqual({ success: true, message: "删除成功" });
    expect(sandbox.store.cards.has(EMPTY_ID)).toBe(false);
    expect((await destroy([{ id: EMPTY_ID }])).json).toMatchObject({ success: false, message: "额度卡不存在" });
  });

  test("refuses what is not an array of ids, not empty, not paid", async () => {
    putCard(sandbox.store, cardOf("t", "trial000", { type: "0", api_limit: 0 }));
    expect((await destroy({ id: EMPTY_ID })).json).toEqual({ success: false, message: "缺失参数:id", code: 401 });
    expect((await destroy([{}])).json).toMatchObject({ message: "缺失参数:id" });
    expect((await destroy([{ id: SOURCE_ID }])).json).toMatchObject({ message: expect.stringMatching(/^拒绝操作/) });
    expect((await destroy([{ id: "t" }])).json).toMatchObject({ message: expect.stringMatching(/^拒绝操作/) });
    expect(sandbox.store.cards.size).toBe(121);
  });

  test("one bad id refuses the others too, or not, by option", async () => {
    await destroy([{ id: EMPTY_ID }, { id: SOURCE_ID }]);
    expect(sandbox.store.cards.has(EMPTY_ID)).toBe(true);
    changeOptions(sandbox.context.state.options, { destroyArray: "each" });
    const reply = await destroy([{ id: EMPTY_ID }, { id: SOURCE_ID }]);
    expect(reply.json).toMatchObject({ success: false });
    expect(sandbox.store.cards.has(EMPTY_ID)).toBe(false);
  });
});

test("a body that is no JSON has no parameters, an unknown path is a web page", async () => {
  expect((await callEspai(sandbox, "/cdkey/transfer", "{oops")).json).toMatchObject({ message: "缺失参数:phone" });
  expect(await callEspai(sandbox, "/cdkey/nothing", {})).toMatchObject({ status: 404, json: undefined });
});
