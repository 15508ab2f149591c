import { UnrecognizedActionError } from "next/dist/client/components/unrecognized-action-error";
import { describe, expect, test, vi } from "vitest";
import type { ActionResult } from "@/lib/web/action";
import { onProofRequired } from "@/lib/web/fresh-proof";
import { setPageUser } from "@/lib/web/page-user";
import { type ActionEffect, callAction } from "./call-action";

test("gives what the action answered", async () => {
  const action = vi.fn(async (input: unknown): Promise<ActionResult<unknown>> => ({ ok: true, data: input }));
  expect(await callAction(action, { id: 7 }, "none")).toEqual({ ok: true, data: { id: 7 } });
  expect(action).toHaveBeenCalledExactlyOnceWith({ id: 7 });
});

test("a refusal is an answer", async () => {
  const error = { code: "busy", key: "busy" } as const;
  const result = await callAction(async () => ({ ok: false, error }), {}, "operation");
  expect(result).toEqual({ ok: false, error, answered: true });
});

test.each<[ActionEffect, string]>([
  ["none", "no_connection"],
  ["write", "no_answer_refresh"],
  ["operation", "no_answer"],
])("a lost answer of effect %s is %s, and the action is not called again", async (effect, key) => {
  const action = vi.fn(() => Promise.reject(new TypeError("Failed to fetch")));
  const result = await callAction(action, {}, effect);
  expect(result).toEqual({ ok: false, error: { code: "unavailable", key }, answered: false });
  expect(action).toHaveBeenCalledOnce();
});

describe("an action refused for want of a proof", () => {
  const error = { code: "proof_required", key: "proof_required", params: { by: "password" } } as const;

  test("is called once more with the same input after it, even one that spends money", async () => {
    const remove = onProofRequired(async () => true);
    const action = vi
      .fn<(input: unknown) => Promise<ActionResult<string>>>()
      .mockResolvedValueOnce({ ok: false, error })
      .mockResolvedValueOnce({ ok: true, data: "done" });
    expect(await callAction(action, { operationId: "7" }, "operation")).toEqual({ ok: true, data: "done" });
    expect(action.mock.calls).toEqual([[{ operationId: "7" }], [{ operationId: "7" }]]);
    remove();
  });

  test("whose second answer is lost may have run", async () => {
    const remove = onProofRequired(async () => true);
    const action = vi
      .fn<(input: unknown) => Promise<ActionResult<string>>>()
      .mockResolvedValueOnce({ ok: false, error })
      .mockRejectedValueOnce(new TypeError("Failed to fetch"));
    expect(await callAction(action, {}, "operation")).toMatchObject({ answered: false, error: { key: "no_answer" } });
    expect(action).toHaveBeenCalledTimes(2);
    remove();
  });

  test("is answered with the refusal when the user would rather not", async () => {
    const remove = onProofRequired(async () => false);
    const action = vi.fn(async (): Promise<ActionResult<string>> => ({ ok: false, error }));
    expect(await callAction(action, {}, "operation")).toEqual({ ok: false, error, answered: true });
    expect(action).toHaveBeenCalledOnce();
    remove();
  });
});

test("a page of an earlier build is told so: the server did nothing", async () => {
  const action = () => Promise.reject(new UnrecognizedActionError("no such action"));
  const error = { code: "conflict", key: "page_outdated" };
  expect(await callAction(action, {}, "operation")).toEqual({ ok: false, error, answered: true });
});

test("an empty answer counts as lost", async () => {
  const empty = (async () => undefined) as unknown as () => Promise<ActionResult<null>>;
  expect(await callAction(empty, {}, "operation")).toMatchObject({ ok: false, answered: false });
});

test("a call says whose page it is made on", async () => {
  setPageUser("7");
  const action = vi.fn(
    async (_input: unknown, user?: unknown): Promise<ActionResult<unknown>> => ({ ok: true, data: user }),
  );
  expect(await callAction(action, {}, "none")).toEqual({ ok: true, data: "7" });
  setPageUser(null);
});

test("what is in an input twice is sent twice, not as a reference", async () => {
  const texts = { balance: "0" };
  const action = vi.fn(async (input: unknown): Promise<ActionResult<unknown>> => ({ ok: true, data: input }));
  await callAction(action, { value: texts, was: texts }, "write");
  const [sent] = action.mock.calls[0] as [{ value: object; was: object }];
  expect(sent).toEqual({ value: texts, was: texts });
  expect(sent.was).not.toBe(sent.value);
});
