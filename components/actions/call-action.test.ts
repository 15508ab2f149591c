import { UnrecognizedActionError } from "next/dist/client/components/unrecognized-action-error";
import { expect, test, vi } from "vitest";
import type { ActionResult } from "@/lib/web/action";
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

test("a page of an earlier build is told so: the server did nothing", async () => {
  const action = () => Promise.reject(new UnrecognizedActionError("no such action"));
  const error = { code: "conflict", key: "page_outdated" };
  expect(await callAction(action, {}, "operation")).toEqual({ ok: false, error, answered: true });
});

test("an empty answer counts as lost", async () => {
  const empty = (async () => undefined) as unknown as () => Promise<ActionResult<null>>;
  expect(await callAction(empty, {}, "operation")).toMatchObject({ ok: false, answered: false });
});
