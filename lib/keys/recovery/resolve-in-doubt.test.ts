import { describe, expect, test } from "vitest";
import { type InDoubtState, resolveInDoubt, shareOut } from "./resolve-in-doubt";

const Q = 600_000;
const second = (n: number) => new Date(n * 1000);
type Chunk = Omit<InDoubtState, "quietOver"> & { endedAt: Date };
const unknown = (id: string, found: number, endedAt = second(0)): Chunk => ({
  id,
  found,
  missing: 10 - found,
  shortfall: false,
  endedAt,
});
const verdicts = (chunks: Chunk[], at: Date, complete = true) => {
  const states = chunks.map((chunk) => ({ ...chunk, quietOver: at.getTime() - chunk.endedAt.getTime() >= Q }));
  return Object.fromEntries(resolveInDoubt(states, { complete }));
};

describe("one unknown chunk", () => {
  test("is applied as soon as all its keys are found", () => {
    expect(verdicts([unknown("a", 10)], second(1))).toEqual({ a: "applied" });
  });

  test("stays pending while fewer are found, because the others may still come", () => {
    expect(verdicts([unknown("a", 0)], second(599))).toEqual({ a: "pending" });
    expect(verdicts([unknown("a", 6)], second(599))).toEqual({ a: "pending" });
  });

  test("is decided by a complete listing after the quiet period", () => {
    expect(verdicts([unknown("a", 0)], second(600))).toEqual({ a: "not_applied" });
    expect(verdicts([unknown("a", 6)], second(600))).toEqual({ a: "applied" });
  });

  test("is not decided by a listing that may have overlooked something", () => {
    expect(verdicts([unknown("a", 0)], second(900), false)).toEqual({ a: "pending" });
  });
});

describe("several unknown chunks", () => {
  test("are all applied once all their keys are found", () => {
    expect(verdicts([unknown("a", 10), unknown("b", 10)], second(1))).toEqual({ a: "applied", b: "applied" });
  });

  test("wait for each other while found keys may be either's", () => {
    const chunks = [unknown("a", 10), unknown("b", 0, second(100))];
    expect(verdicts(chunks, second(650))).toEqual({ a: "pending", b: "pending" });
    expect(verdicts(chunks, second(700))).toEqual({ a: "applied", b: "not_applied" });
  });

  test("end one by one while nothing at all is found", () => {
    const chunks = [unknown("a", 0), unknown("b", 0, second(100))];
    expect(verdicts(chunks, second(650))).toEqual({ a: "not_applied", b: "pending" });
  });
});

describe("a short answer", () => {
  const short = (missing: number, endedAt = second(0)): Chunk => ({
    id: "s",
    found: 10 - missing,
    missing,
    shortfall: true,
    endedAt,
  });

  test("waits the quiet period, because the list may lag behind what was made", () => {
    expect(verdicts([short(3)], second(1))).toEqual({ s: "pending" });
    expect(verdicts([short(3)], second(599))).toEqual({ s: "pending" });
    expect(verdicts([short(3)], second(600))).toEqual({ s: "applied" });
    expect(verdicts([short(3)], second(900), false)).toEqual({ s: "pending" });
  });

  test("is settled at once when all its keys are found", () => {
    expect(verdicts([short(0)], second(1))).toEqual({ s: "applied" });
  });

  test("that is young keeps an older unknown chunk waiting that may hold its key", () => {
    expect(verdicts([unknown("a", 1), short(1, second(100))], second(650))).toEqual({ a: "pending", s: "pending" });
    expect(verdicts([unknown("a", 1), short(1, second(100))], second(700))).toEqual({ a: "applied", s: "applied" });
  });
});

test("found keys go to the oldest call first, never more than it asked for", () => {
  const chunks = [
    { id: "a", missing: 4 },
    { id: "b", missing: 10 },
    { id: "c", missing: 10 },
  ];
  expect(Object.fromEntries(shareOut(chunks, 9))).toEqual({ a: 4, b: 5, c: 0 });
});
