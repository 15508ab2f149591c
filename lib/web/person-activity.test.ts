import { afterEach, beforeEach, expect, test, vi } from "vitest";

const page = new EventTarget();
beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("window", page);
});
afterEach(() => vi.unstubAllGlobals());

const used = { "x-cardesk-used": "1" };

test("a page that was just opened is in use; one that nobody touches reads for itself", async () => {
  const { takeActivity } = await import("./person-activity");
  expect([takeActivity(), takeActivity(), takeActivity()]).toEqual([used, {}, {}]);
});

test("a press, a key and scrolling make the next read one of a person", async () => {
  const { takeActivity } = await import("./person-activity");
  takeActivity();
  for (const sign of ["pointerdown", "keydown", "wheel", "touchmove"]) {
    page.dispatchEvent(new Event(sign));
    expect([takeActivity(), takeActivity()], sign).toEqual([used, {}]);
  }
});
