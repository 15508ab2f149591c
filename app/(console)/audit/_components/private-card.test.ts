import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("window", {
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => kept.set(key, text),
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

/** The module as a freshly loaded page has it: only the tab's storage remembers. */
async function freshPage() {
  vi.resetModules();
  return import("./private-card");
}

test("a phone is kept behind a token that says nothing of it, over a reload", async () => {
  const { privateCard } = await freshPage();
  const token = privateCard.remember({ card: "13800000001" });
  expect(token).toMatch(/^\w+$/);
  expect(token).not.toContain("138");
  expect(privateCard.remember({ card: "13800000001" })).toBe(token);
  const { privateCard: reloaded } = await freshPage();
  expect(reloaded.recall(token)).toEqual({ card: "13800000001" });
  expect(reloaded.recall(token)).toBe(reloaded.recall(token));
});

test("a token of another tab is unknown, never everything", async () => {
  const { privateCard } = await freshPage();
  expect(privateCard.remember({ card: "" })).toBe("");
  expect(privateCard.recall("")).toEqual({ card: "" });
  expect(privateCard.recall("abc")).toBe("unknown");
  expect(privateCard.unread("abc")).toBe("unread");
});
