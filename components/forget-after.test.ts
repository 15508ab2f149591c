import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { forgetAfter } from "./forget-after";

const root = join(import.meta.dirname, "..");
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

afterEach(() => vi.unstubAllGlobals());

test("a rendered page leaves no timer behind, which would keep its request in memory", () => {
  const client = new QueryClient();
  const before = timers();
  for (let page = 0; page < 20; page++)
    client.getQueryCache().build(client, { queryKey: [page], gcTime: forgetAfter(30_000) });
  expect(timers()).toBeLessThan(before + 20);
});

test("in the browser it is forgotten after its time", () => {
  vi.stubGlobal("window", {});
  expect(forgetAfter(30_000)).toBe(30_000);
});

test("no query sets its time otherwise", () => {
  const files = globSync("{app,components,lib}/**/*.{ts,tsx}", { cwd: root }).filter((file) => !/\.test\./.test(file));
  const times = files.flatMap((file) => readFileSync(join(root, file), "utf8").match(/gcTime: .*/g) ?? []);
  expect(times.length).toBeGreaterThan(0);
  for (const time of times) expect(time).toMatch(/^gcTime: forgetAfter\(/);
});
