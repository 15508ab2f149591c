import type { History } from "../history/history.ts";

/** `examined` says how much a checker has looked at: one that examined nothing has proven nothing. */
export type CheckResult = { examined: number; violations: string[] };
/** One property that must hold after every run; `name` states it. */
export type Checker = { name: string; check: (history: History) => CheckResult };
