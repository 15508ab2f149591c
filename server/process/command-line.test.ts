import { expect, test } from "vitest";
import { readCommandLine } from "./command-line.ts";
import { LaunchError } from "./launch-error.ts";

const usage = "Usage: npm run backup -- FILE [demo] [--force]";
const read = (...argv: string[]) => readCommandLine(argv, { usage, flags: ["force"], mostOperands: 1 });

test("a file, the demo and a flag, in any order", () => {
  expect(read()).toEqual({ demo: false, flags: { force: false }, operands: [] });
  expect(read("--force", "demo", "a.backup")).toEqual({ demo: true, flags: { force: true }, operands: ["a.backup"] });
  expect(read("--", "--odd-name").operands).toEqual(["--odd-name"]);
});

test.each([[["--forse", "a"]], [["-f", "a"]], [["--demo"]], [["a", "b"]], [["--force=yes", "a"]]])(
  "%j is refused with how it is used",
  (argv) => {
    expect(() => read(...argv)).toThrow(LaunchError);
    expect(() => read(...argv)).toThrow(usage);
  },
);
