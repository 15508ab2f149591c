import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadStore, storeWriter } from "./persist-store.ts";
import { seedStore } from "./seed-store.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-sandbox-"));
  path = join(folder, "new", "state.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a store that was written reads back the same", () => {
  const store = seedStore({ seed: 1, cards: 12, keys: 3 }, 1_795_000_000_000);
  store.consumed = 7;
  expect(loadStore(path)).toBeNull();
  const writer = storeWriter(path, () => store);
  writer.changed();
  writer.flush();
  expect(loadStore(path)).toMatchObject(store);
});

test("nothing is written unless something changed", () => {
  storeWriter(path, () => seedStore({ seed: 1, cards: 0, keys: 0 }, 0)).flush();
  expect(loadStore(path)).toBeNull();
});

test.each(["not json", '{"version":2}'])("a file that is no saved store is left alone: %s", (text) => {
  const other = join(folder, "other.json");
  writeFileSync(other, text);
  expect(() => loadStore(other)).toThrow("can't be read");
  expect(readFileSync(other, "utf8")).toBe(text);
});
