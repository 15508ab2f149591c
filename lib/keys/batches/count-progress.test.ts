import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChunkGroup, countProgress, isComplete, nextChunkSize } from "./count-progress";

const group = (over: Partial<ChunkGroup>): ChunkGroup => ({
  state: "done",
  settledAs: null,
  asked: 10,
  keys: 10,
  checked: false,
  chunks: 1,
  ...over,
});

describe("what a batch has and must reckon with", () => {
  test.each<[string, Partial<ChunkGroup>, ReturnType<typeof countProgress>]>([
    ["a full answer", { chunks: 3 }, { recorded: 30, inFlight: 0, unknown: 0 }],
    ["a call under way", { state: "sent", keys: 0 }, { recorded: 0, inFlight: 10, unknown: 0 }],
    ["an unknown call", { state: "unknown", keys: 0 }, { recorded: 0, inFlight: 0, unknown: 10 }],
    [
      "an unknown call of which some were found",
      { state: "unknown", keys: 4 },
      { recorded: 4, inFlight: 0, unknown: 6 },
    ],
    ["more than asked", { keys: 12 }, { recorded: 12, inFlight: 0, unknown: 0 }],
    ["a short answer nobody looked into", { keys: 7 }, { recorded: 7, inFlight: 0, unknown: 3 }],
    ["a short answer somebody looked into", { keys: 7, checked: true }, { recorded: 7, inFlight: 0, unknown: 0 }],
    ["refused", { state: "refused", keys: 0 }, { recorded: 0, inFlight: 0, unknown: 0 }],
    ["not sent", { state: "not_sent", keys: 0 }, { recorded: 0, inFlight: 0, unknown: 0 }],
    ["not applied", { state: "not_applied", keys: 0 }, { recorded: 0, inFlight: 0, unknown: 0 }],
    [
      "settled as not applied",
      { state: "settled", settledAs: "not_applied", keys: 0 },
      { recorded: 0, inFlight: 0, unknown: 0 },
    ],
    [
      "settled as applied",
      { state: "settled", settledAs: "applied", keys: 0 },
      { recorded: 0, inFlight: 0, unknown: 10 },
    ],
  ])("%s", (_, over, expected) => {
    expect(countProgress([group(over)])).toEqual(expected);
  });
});

describe("the next chunk", () => {
  test("is ten at most, and what is left at the end", () => {
    expect(nextChunkSize(37, { recorded: 0, inFlight: 0, unknown: 0 })).toBe(10);
    expect(nextChunkSize(37, { recorded: 20, inFlight: 10, unknown: 0 })).toBe(7);
  });

  test("leaves room for keys that may exist", () => {
    expect(nextChunkSize(37, { recorded: 20, inFlight: 0, unknown: 10 })).toBe(7);
    expect(nextChunkSize(37, { recorded: 20, inFlight: 7, unknown: 10 })).toBe(0);
  });

  test("is nothing when more came than was asked for", () => {
    expect(nextChunkSize(10, { recorded: 12, inFlight: 0, unknown: 0 })).toBe(0);
  });

  test("never lets a batch pass its count, whatever each chunk turns out to have made", () => {
    const outcome = fc.record({ end: fc.constantFrom("done", "unknown", "refused", "late"), made: fc.nat(10) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.array(outcome, { maxLength: 80 }), (wanted, outcomes) => {
        const chunks: ChunkGroup[] = [];
        let upstream = 0;
        for (const { end, made } of outcomes) {
          const asked = nextChunkSize(wanted, countProgress(chunks));
          if (asked === 0) break;
          const really = end === "refused" ? 0 : Math.min(made, asked);
          upstream += really;
          const state = end === "late" ? "unknown" : end;
          chunks.push(group({ state, asked, keys: end === "done" ? really : 0, checked: end === "done" }));
        }
        expect(upstream).toBeLessThanOrEqual(wanted);
      }),
    );
  });
});

test("a batch is complete only when nothing may still turn up", () => {
  expect(isComplete(10, { recorded: 10, inFlight: 0, unknown: 0 })).toBe(true);
  expect(isComplete(10, { recorded: 10, inFlight: 0, unknown: 3 })).toBe(false);
  expect(isComplete(10, { recorded: 10, inFlight: 1, unknown: 0 })).toBe(false);
  expect(isComplete(10, { recorded: 9, inFlight: 0, unknown: 0 })).toBe(false);
});
