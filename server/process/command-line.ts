import { parseArgs } from "node:util";
import { LaunchError } from "./launch-error.ts";

export type CommandLine<Flag extends string> = {
  /** The demo's data folder is meant. */
  demo: boolean;
  flags: Record<Flag, boolean>;
  /** What is no flag, in order: a file. */
  operands: string[];
};

type Expected<Flag extends string> = { usage: string; flags?: readonly Flag[]; mostOperands?: number };

/**
 * The words behind an operator's command. `--help` prints how it is used and ends the process. Anything unknown is a {@link LaunchError}:
 * passed over, a typing error would look at another folder or leave out what was asked for.
 */
export function readCommandLine<Flag extends string = never>(
  argv: readonly string[],
  { usage, flags = [], mostOperands = 0 }: Expected<Flag>,
): CommandLine<Flag> {
  if (argv.some((word) => word === "--help" || word === "-h")) {
    console.log(usage);
    process.exit(0);
  }
  const refuse = (why: string): never => {
    throw new LaunchError(`${why}\n${usage}`);
  };
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: "boolean" as const }]));
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const given = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
  const known = (name: string): name is Flag => flags.some((flag) => flag === name);
  for (const { name, rawName, value } of given)
    if (!known(name) || value !== undefined) refuse(`There is no option ${rawName}.`);
  const words = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const operands = words.filter((word) => word !== "demo");
  // Not which: it may be a key.
  if (operands.length > mostOperands) refuse("There is a word too many.");
  return {
    demo: words.includes("demo"),
    flags: Object.fromEntries(flags.map((flag) => [flag, given.some(({ name }) => name === flag)])) as Record<
      Flag,
      boolean
    >,
    operands,
  };
}
