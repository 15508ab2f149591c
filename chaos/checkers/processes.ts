import type { Checker } from "./checker.ts";

export const nothingUncaught: Checker = {
  name: "no console process had an uncaught exception or an unhandled rejection",
  check: ({ processLogs }) => ({
    examined: processLogs.reduce((sum, { lines }) => sum + lines, 0),
    violations: processLogs.flatMap(({ name, uncaught }) => uncaught.map((error) => `${name}: ${error}`)),
  }),
};
