import { afterEach, expect, test, vi } from "vitest";
import { loadWhenOnline } from "./load-when-online";

afterEach(() => vi.unstubAllGlobals());

test("without a network it waits for one, then loads", async () => {
  const page = new EventTarget();
  const network = { onLine: false };
  vi.stubGlobal("window", page);
  vi.stubGlobal("navigator", network);
  let tries = 0;
  const loaded = loadWhenOnline(async () => {
    tries += 1;
    if (!network.onLine) throw new Error("no chunk");
    return "code";
  });
  await Promise.resolve();
  expect(tries).toBe(1);
  network.onLine = true;
  // The listener is added once the first failure was seen.
  await vi.waitFor(async () => {
    page.dispatchEvent(new Event("online"));
    expect(tries).toBe(2);
  });
  expect(await loaded).toBe("code");
});

test("a failure with a network is a failure", async () => {
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("navigator", { onLine: true });
  await expect(loadWhenOnline(() => Promise.reject(new Error("no chunk")))).rejects.toThrow("no chunk");
});
