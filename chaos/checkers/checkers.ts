import type { Check } from "../history/history.ts";
import { booksAgree, conserved, mirrorAgrees } from "./balances.ts";
import { calledOnce, committedFirst, journalledFirst, noStrayCalls, outcomesAgree, toldTheTruth } from "./calls.ts";
import { countsHeld, keysInJournal, keysRecorded } from "./keys.ts";
import { allDecided, baselinesKept, chainsLegal, oneAtATime } from "./states.ts";

/** Everything that must be true after a run, whatever was killed in it. */
export const checks: readonly Check[] = [
  journalledFirst,
  committedFirst,
  calledOnce,
  outcomesAgree,
  toldTheTruth,
  conserved,
  booksAgree,
  keysRecorded,
  keysInJournal,
  countsHeld,
  allDecided,
  chainsLegal,
  baselinesKept,
  oneAtATime,
  mirrorAgrees,
  noStrayCalls,
];
