import { afterEach, expect, test, vi } from "vitest";
import { startUpFlags } from "@/lib/process/process-slots";
import { readReadiness } from "./read-readiness";

const all = { database: true, recovery: true, jobs: true };

afterEach(() => {
  startUpFlags.value = undefined;
  vi.useRealTimers();
});

const answering = async () => "1";

test("ready when everything is up and the database answers now", async () => {
  startUpFlags.value = all;
  expect(await readReadiness(answering)).toEqual({ ok: true, ...all });
});

test.each(["database", "recovery", "jobs"])("not ready before %s is", async (part) => {
  startUpFlags.value = { ...all, [part]: false };
  expect(await readReadiness(answering)).toEqual({ ok: false, ...all, [part]: false });
});

test("not ready in a process that has not started up, without asking anything", async () => {
  const ask = vi.fn(answering);
  expect(await readReadiness(ask)).toEqual({ ok: false, database: false, recovery: false, jobs: false });
  expect(ask).not.toHaveBeenCalled();
});

test("not ready when the database refuses", async () => {
  startUpFlags.value = all;
  const refused = () => Promise.reject(new Error("connection refused"));
  expect(await readReadiness(refused)).toEqual({ ok: false, ...all, database: false });
});

test("not ready when the database takes longer than a second", async () => {
  startUpFlags.value = all;
  const answer = readReadiness(() => new Promise(() => {}));
  expect(await answer).toEqual({ ok: false, ...all, database: false });
});
