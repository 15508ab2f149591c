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
  const { privateSearch } = await freshPage();
  const token = privateSearch.remember({ phone: "8888", code: "1GDw" });
  expect(token).toMatch(/^\w+$/);
  expect(privateSearch.remember({ phone: "8888", code: "1GDw" })).toBe(token);
  expect(privateSearch.remember({ phone: "8889" })).not.toBe(token);
  const { privateSearch: reloaded } = await freshPage();
  expect(reloaded.recall(token)).toEqual({ phone: "8888", code: "1GDw" });
});

test("what is no private filter is not kept, and nothing has no token", async () => {
  const { privateSearch } = await freshPage();
  const shared: CardFilter = { name: "琳琅" };
  expect(privateSearch.remember(shared)).toBe("");
  expect(privateSearch.recall("")).toEqual({});
});

test("a token of another tab is unknown, never everything", async () => {
  const { privateSearch } = await freshPage();
  window.sessionStorage.setItem("cardesk.search.broken", "{");
  window.sessionStorage.setItem("cardesk.search.empty", "{}");
  for (const token of ["abc", "broken", "empty"]) expect(privateSearch.recall(token), token).toBe("unknown");
  expect(privateSearch.unread("abc")).toBe("unread");
  expect(privateSearch.unread("")).toEqual({});
});

test("with a full storage a search works, and is forgotten on reload", async () => {
  const { privateSearch } = await freshPage();
  vi.spyOn(window.sessionStorage, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(privateSearch.recall(privateSearch.remember({ phone: "8888" }))).toEqual({ phone: "8888" });
});
