import { notifyManager } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import "./providers";

afterEach(() => vi.useRealTimers());

test("who shows an answer hears of it without a timer in between", async () => {
  vi.useFakeTimers();
  const heard: string[] = [];
  // As useQuery listens.
  notifyManager.batchCalls((what: string) => heard.push(what))("rows");
  await Promise.resolve();
  expect(heard).toEqual(["rows"]);
});
