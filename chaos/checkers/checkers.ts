import { balancesConserved, balancesExplained, mirrorMatches } from "./balances.ts";
import {
  acknowledgementsHeld,
  committedFirst,
  journalledFirst,
  noStrayCalls,
  outcomesMatch,
  sentOnce,
} from "./calls.ts";
import type { Checker } from "./checker.ts";
import { batchCounts, keysFromCalls, keysRecorded } from "./keys.ts";
import { nothingUncaught } from "./processes.ts";
import { allResolved, auditSequences, oneBaseline, oneInFlight } from "./states.ts";

/** Everything that must be true after a run, whatever was killed in it. */
export const checkers: readonly Checker[] = [
  journalledFirst,
  committedFirst,
  sentOnce,
  outcomesMatch,
  acknowledgementsHeld,
  balancesConserved,
  balancesExplained,
  keysRecorded,
  keysFromCalls,
  batchCounts,
  allResolved,
  auditSequences,
  oneBaseline,
  oneInFlight,
  mirrorMatches,
  noStrayCalls,
  nothingUncaught,
];
