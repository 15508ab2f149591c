import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("the run of the test suite is small and always the same", () => {
  expect(readOptions(["--small"])).toMatchObject({ seed: 1, kills: 12, transfers: 60, destroys: 20, processes: 2 });
});

test("single values of a preset can be overridden, and a seed can be given", () => {
  const argv = ["--preset", "keys", "--seed", "42", "--kills", "7", "--batch-size", "30"];
  expect(readOptions(argv)).toMatchObject({ seed: 42, kills: 7, batchSize: 30, transfers: 0 });
});

test("keys are listed late and in capped pages where keys are made, unless the command line says otherwise", () => {
  expect(readOptions(["--small"])).toMatchObject({ listLag: 800, pageCap: 40 });
  expect(readOptions(["--preset", "keys"])).toMatchObject({ listLag: 3000, pageCap: 100 });
  expect(readOptions(["--preset", "keys", "--list-lag", "0", "--page-cap", "0"])).toMatchObject({
    listLag: 0,
    pageCap: 0,
  });
});

test("the disk of the database fills in every preset that kills, as often as asked", () => {
  for (const preset of ["ci", "transfers", "destroys", "keys", "refusals"])
    expect(readOptions(["--preset", preset]).diskFills).toBeGreaterThan(0);
  expect(readOptions(["--preset", "keys", "--disk-fills", "0"]).diskFills).toBe(0);
});

test("the database freezes in every preset that kills, as often as asked", () => {
  for (const preset of ["ci", "transfers", "destroys", "keys", "refusals"])
    expect(readOptions(["--preset", preset]).freezes).toBeGreaterThan(0);
  expect(readOptions(["--preset", "duplicate-submit"]).freezes).toBe(0);
  expect(readOptions(["--small", "--freezes", "7"]).freezes).toBe(7);
});

test("the clock steps in every preset that kills, as often as asked", () => {
  for (const preset of ["ci", "transfers", "destroys", "keys", "refusals"])
    expect(readOptions(["--preset", preset]).clockSteps).toBeGreaterThan(0);
  expect(readOptions(["--preset", "keys", "--clock-steps", "0"]).clockSteps).toBe(0);
});

test("an invalid value is refused with the usage", () => {
  for (const argv of [
    ["--kills", "many"],
    ["--preset", "none"],
    ["--processes", "3"],
    ["--seed", "1.5"],
    ["--list-lag", "3001"],
    ["--page-cap", "few"],
    ["--freezes", "0.5"],
  ])
    expect(() => readOptions(argv)).toThrow(/npm run chaos/);
});
