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
  const { rememberCard } = await freshPage();
  const token = rememberCard(" 13800000001 ");
  expect(token).toMatch(/^\w+$/);
  expect(token).not.toContain("138");
  expect(rememberCard("13800000001")).toBe(token);
  const { recallCard } = await freshPage();
  expect(recallCard(token)).toEqual({ card: "13800000001" });
  expect(recallCard(token)).toBe(recallCard(token));
});

test("a token of another tab is unknown, never everything", async () => {
  const { rememberCard, recallCard, unreadCard } = await freshPage();
  expect(rememberCard("")).toBe("");
  expect(recallCard("")).toEqual({ card: "" });
  expect(recallCard("abc")).toBe("unknown");
  expect(unreadCard("abc")).toBe("unread");
});
