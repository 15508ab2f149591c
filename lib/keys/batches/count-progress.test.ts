import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChunkGroup, countProgress, isComplete, nextChunkSize } from "./count-progress";

const NONE = { refused: 0, released: 0 };
const group = (over: Partial<ChunkGroup>): ChunkGroup => ({
  state: "done",
  settledAs: null,
  asked: 10,
  keys: 10,
  surplus: 0,
  refused: false,
  released: false,
  checked: false,
  chunks: 1,
  ...over,
});

const REFUSED = { recorded: 0, inFlight: 0, unknown: 0, ...NONE };

describe("what a batch has and must reckon with", () => {
  test.each<[string, Partial<ChunkGroup>, ReturnType<typeof countProgress>]>([
    ["a full answer", { chunks: 3 }, { recorded: 30, inFlight: 0, unknown: 0, ...NONE }],
    ["a call under way", { state: "sent", keys: 0 }, { recorded: 0, inFlight: 10, unknown: 0, ...NONE }],
    ["an unknown call", { state: "unknown", keys: 0 }, { recorded: 0, inFlight: 0, unknown: 10, ...NONE }],
    [
      "an unknown call of which some were found",
      { state: "unknown", keys: 4 },
      { recorded: 4, inFlight: 0, unknown: 6, ...NONE },
    ],
    [
      "a refusal not proven yet",
      { state: "unknown", keys: 0, refused: true },
      { ...REFUSED, unknown: 10, refused: 10 },
    ],
    [
      "one that a person let be asked for again",
      { state: "unknown", keys: 0, refused: true, released: true },
      { ...REFUSED, released: 10 },
    ],
    [
      "one of which some were found after that, and some of those as surplus",
      { state: "unknown", keys: 4, surplus: 3, released: true },
      { ...REFUSED, recorded: 1, released: 6 },
    ],
    ["surplus", { state: "applied", surplus: 10 }, { ...REFUSED }],
    ["more than asked", { keys: 12 }, { recorded: 12, inFlight: 0, unknown: 0, ...NONE }],
    ["a short answer nobody looked into", { keys: 7 }, { recorded: 7, inFlight: 0, unknown: 3, ...NONE }],
    [
      "a short answer somebody looked into",
      { keys: 7, checked: true },
      { recorded: 7, inFlight: 0, unknown: 0, ...NONE },
    ],
    ["refused", { state: "refused", keys: 0 }, { recorded: 0, inFlight: 0, unknown: 0, ...NONE }],
    ["not sent", { state: "not_sent", keys: 0 }, { recorded: 0, inFlight: 0, unknown: 0, ...NONE }],
    ["not applied", { state: "not_applied", keys: 0 }, { recorded: 0, inFlight: 0, unknown: 0, ...NONE }],
    [
      "settled as not applied",
      { state: "settled", settledAs: "not_applied", keys: 0 },
      { recorded: 0, inFlight: 0, unknown: 0, ...NONE },
    ],
    [
      "settled as applied",
      { state: "settled", settledAs: "applied", keys: 0 },
      { recorded: 0, inFlight: 0, unknown: 10, ...NONE },
    ],
  ])("%s", (_, over, expected) => {
    expect(countProgress([group(over)])).toEqual(expected);
  });
});

describe("the next chunk", () => {
  test("is ten at most, and what is left at the end", () => {
    expect(nextChunkSize(37, { recorded: 0, inFlight: 0, unknown: 0, ...NONE })).toBe(10);
    expect(nextChunkSize(37, { recorded: 20, inFlight: 10, unknown: 0, ...NONE })).toBe(7);
  });

  test("leaves room for keys that may exist", () => {
    expect(nextChunkSize(37, { recorded: 20, inFlight: 0, unknown: 10, ...NONE })).toBe(7);
    expect(nextChunkSize(37, { recorded: 20, inFlight: 7, unknown: 10, ...NONE })).toBe(0);
  });

  test("asks last for what a refused call may have made", () => {
    const released = { recorded: 0, inFlight: 0, unknown: 0, refused: 0, released: 12 };
    expect(nextChunkSize(37, released)).toBe(10);
    expect(nextChunkSize(37, { ...released, recorded: 20 })).toBe(5);
    expect(nextChunkSize(37, { ...released, recorded: 20, inFlight: 5 })).toBe(10);
    expect(nextChunkSize(37, { ...released, recorded: 37 })).toBe(0);
  });

  test("is nothing when more came than was asked for", () => {
    expect(nextChunkSize(10, { recorded: 12, inFlight: 0, unknown: 0, ...NONE })).toBe(0);
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
  expect(isComplete(10, { recorded: 10, inFlight: 0, unknown: 0, ...NONE })).toBe(true);
  expect(isComplete(10, { recorded: 10, inFlight: 0, unknown: 3, ...NONE })).toBe(false);
  expect(isComplete(10, { recorded: 10, inFlight: 1, unknown: 0, ...NONE })).toBe(false);
  expect(isComplete(10, { recorded: 9, inFlight: 0, unknown: 0, ...NONE })).toBe(false);
});
