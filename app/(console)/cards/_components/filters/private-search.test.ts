import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CardFilter } from "@/lib/cards/types";

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
  return import("./private-search");
}

test("the private filters of a search are kept behind one token, over a reload", async () => {
  const { rememberSearch } = await freshPage();
  const token = rememberSearch({ phone: "8888", code: "1GDw" });
  expect(token).toMatch(/^\w+$/);
  expect(rememberSearch({ phone: "8888", code: "1GDw" })).toBe(token);
  expect(rememberSearch({ phone: "8889" })).not.toBe(token);
  const { recallSearch } = await freshPage();
  expect(recallSearch(token)).toEqual({ phone: "8888", code: "1GDw" });
});

test("what is no private filter is not kept, and nothing has no token", async () => {
  const { rememberSearch, recallSearch } = await freshPage();
  const shared: CardFilter = { name: "琳琅" };
  expect(rememberSearch(shared)).toBe("");
  expect(recallSearch("")).toEqual({});
});

test("a token of another tab is unknown, never everything", async () => {
  const { recallSearch, unreadSearch } = await freshPage();
  window.sessionStorage.setItem("cardesk.search.broken", "{");
  window.sessionStorage.setItem("cardesk.search.empty", "{}");
  for (const token of ["abc", "broken", "empty"]) expect(recallSearch(token), token).toBe("unknown");
  expect(unreadSearch("abc")).toBe("unread");
  expect(unreadSearch("")).toEqual({});
});
