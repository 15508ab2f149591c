import { notifyManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { invalidateIn } from "./providers";

afterEach(() => vi.useRealTimers());

test("who shows an answer hears of it without a timer in between", async () => {
  vi.useFakeTimers();
  const heard: string[] = [];
  // As useQuery listens.
  notifyManager.batchCalls((what: string) => heard.push(what))("rows");
  await Promise.resolve();
  expect(heard).toEqual(["rows"]);
});

test("a first read that was on its way when something was done is done again", async () => {
  const client = new QueryClient();
  const answers: ((rows: string[]) => void)[] = [];
  const queryKey = ["views"];
  const queryFn = () => new Promise<string[]>((resolve) => answers.push(resolve));
  const leave = new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined);
  const invalidated = invalidateIn(client)([queryKey]);
  answers[0]?.(["before"]);
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.(["before", "after"]);
  await invalidated;
  expect(client.getQueryData(queryKey)).toEqual(["before", "after"]);
  leave();
});
