import { expect, test } from "vitest";
import type { DriftKind } from "../drift";
import { reshapeUsageRow } from "./reshape";

function read(row: Record<string, unknown>) {
  const notes: [field: string, what: DriftKind][] = [];
  const usage = { name: "gpt", cost: "0.1", completionTokens: 1, promptTokens: 1, number: 1 };
  const result = reshapeUsageRow({ ...usage, ...row }, (field, what) => notes.push([field, what]));
  return { createdAt: result.ok ? result.value.createdAt : "unreadable", notes };
}

test("a time is Beijing time", () => {
  const { createdAt, notes } = read({ createTime: "2023-02-22 09:22:41" });
  expect(createdAt).toEqual(new Date("2023-02-22T01:22:41Z"));
  expect(notes).toEqual([]);
});

test.each(["2023-02-31 09:22:41", "2023-02-22 24:00:00", 1_677_028_961_000])(
  "%j is no time and is noted",
  (createTime) => {
    expect(read({ createTime })).toEqual({ createdAt: null, notes: [["createTime", "type"]] });
  },
);
