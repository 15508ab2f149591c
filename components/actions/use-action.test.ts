import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";
import type { Action } from "@/lib/web/action";
import { type Invalidate, InvalidateContext } from "./invalidate-context";
import { type ActionCall, useAction } from "./use-action";

const keys = [["users"], ["account"]];

type ProbeProps = { action: Action<number>; onRender: (call: ActionCall<number>) => void };

function Probe({ action, onRender }: ProbeProps): null {
  onRender(useAction(action, { effect: "write", invalidates: keys }));
  return null;
}

/** The hook as it is after the first render, inside a page whose queries `invalidate` reads again. */
function rendered(action: Action<number>, invalidate: Invalidate): ActionCall<number> {
  const calls: ActionCall<number>[] = [];
  const probe = createElement(Probe, { action, onRender: (call: ActionCall<number>) => calls.push(call) });
  renderToString(createElement(InvalidateContext, { value: invalidate }, probe));
  const [call] = calls;
  if (!call) throw new Error("not rendered");
  return call;
}

test("starts idle", () => {
  const call = rendered(
    async () => ({ ok: true, data: 1 }),
    async () => null,
  );
  expect(call).toMatchObject({ pending: false, error: null });
});

test("calls the action once and reads the keys again", async () => {
  const action = vi.fn<Action<number>>(async () => ({ ok: true, data: 1 }));
  const invalidate = vi.fn<Invalidate>(async () => null);
  expect(await rendered(action, invalidate).run({ id: 7 })).toEqual({ ok: true, data: 1 });
  expect(action).toHaveBeenCalledExactlyOnceWith({ id: 7 });
  expect(invalidate).toHaveBeenCalledExactlyOnceWith(keys);
});

test("ends when what it invalidates is read again", async () => {
  const order: string[] = [];
  const invalidate = async () => {
    await Promise.resolve();
    order.push("read again");
  };
  await rendered(async () => ({ ok: true, data: 2 }), invalidate).run({});
  order.push("ended");
  expect(order).toEqual(["read again", "ended"]);
});

test("a lost answer is never asked for again; the keys are read again, but not waited for", async () => {
  const action = vi.fn<Action<number>>(() => Promise.reject(new TypeError("Failed to fetch")));
  const invalidate = vi.fn<Invalidate>(() => new Promise(() => undefined));
  const result = await rendered(action, invalidate).run({});
  expect(result).toMatchObject({ ok: false, answered: false, error: { key: "no_answer_refresh" } });
  expect(action).toHaveBeenCalledOnce();
  expect(invalidate).toHaveBeenCalledOnce();
});
