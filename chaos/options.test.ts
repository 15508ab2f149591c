import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("the test suite's run is small and always the same", () => {
  expect(readOptions(["--small"])).toMatchObject({ seed: 1, kills: 12, transfers: 60, destroys: 20, processes: 2 });
});

test("a preset can be changed in part, and a seed repeats a run", () => {
  const words = ["--preset", "keys", "--seed", "42", "--kills", "7", "--batch-size", "30"];
  expect(readOptions(words)).toMatchObject({ seed: 42, kills: 7, batchSize: 30, transfers: 0 });
});

test("anything strange is refused with the usage", () => {
  for (const words of [
    ["--kills", "many"],
    ["--preset", "none"],
    ["--processes", "3"],
    ["--seed", "1.5"],
  ])
    expect(() => readOptions(words)).toThrow(/npm run chaos/);
});
