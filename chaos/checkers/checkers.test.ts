import { describe, expect, test } from "vitest";
import type { Operation } from "../history/history.ts";
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
import { checkers } from "./checkers.ts";
import { batchCounts, keysFromCalls, keysRecorded } from "./keys.ts";
import { nothingUncaught } from "./processes.ts";
import { allResolved, auditSequences, oneBaseline, oneInFlight } from "./states.ts";
import { type MutableHistory, validHistory } from "./valid-history.ts";

/** The checkers that find something wrong. */
const failing = (history: MutableHistory): Checker[] =>
  checkers.filter(({ check }) => check(history).violations.length > 0);

function find<T>(rows: T[], matches: (row: T) => boolean): T {
  const found = rows.find(matches);
  if (!found) throw new Error("no such row in the valid history");
  return found;
}

const operation = (history: MutableHistory, id: string): Operation => find(history.operations, (row) => row.id === id);

test("a valid history passes every checker, and every checker has examined something", () => {
  const history = validHistory();
  for (const { name, check } of checkers) {
    const { examined, violations } = check(history);
    expect(violations, name).toEqual([]);
    expect(examined, name).toBeGreaterThan(0);
  }
});

test("a surplus key of a call that was refused after its effect is no key too many", () => {
  const history = validHistory();
  operation(history, "g2").reason = "refusal_unproven";
  history.batches = history.batches.map((row) => ({ ...row, wanted: 2 }));
  history.keys = history.keys.map((row) => (row.operationId === "g2" ? { ...row, flag: "surplus" } : row));
  expect(failing(history)).toEqual([]);
});

type InvalidHistory = { name: string; falsify: (history: MutableHistory) => void; foundBy: Checker[] };

const dropOperation = (history: MutableHistory, id: string) => {
  history.operations = history.operations.filter((row) => row.id !== id);
  history.audit = history.audit.filter((row) => row.targetId !== id);
};
/** The same request once more, with the given effect. */
const callAgain = (history: MutableHistory, kind: string, happened: boolean) => {
  const call = find(history.upstream.journal, (row) => row.kind === kind && row.effectAt !== null);
  const seq = history.upstream.journal.length + 1;
  const again = { ...call, seq, at: call.at + 20, ...(!happened && { changes: [], effectAt: null }) };
  history.upstream.journal.push(again);
};

const invalidHistories: InvalidHistory[] = [
  {
    name: "a transfer sent twice, the second without effect",
    falsify: (history) => callAgain(history, "transfer", false),
    foundBy: [sentOnce],
  },
  {
    name: "a transfer sent twice, moved twice",
    falsify: (history) => {
      callAgain(history, "transfer", true);
      history.upstream.balances.final = new Map([
        ["a", 45],
        ["b", 100],
      ]);
    },
    foundBy: [sentOnce, balancesExplained, mirrorMatches],
  },
  { name: "a destroy sent twice", falsify: (history) => callAgain(history, "destroy", false), foundBy: [sentOnce] },
  {
    name: "a chunk sent twice, the keys of the second call unrecorded",
    falsify: ({ upstream }) => {
      const call = find(upstream.journal, (row) => row.kind === "generate" && row.effectAt !== null);
      const made = { kind: "key", keyId: "K9", cardStr: "K9", type: 1, createdDate: 0 } as const;
      upstream.journal.push({ ...call, seq: 99, at: call.at + 30, changes: [made] });
      upstream.keys.final = [...upstream.keys.final, "K9"];
    },
    foundBy: [sentOnce, keysRecorded],
  },
  {
    name: "no journal row for a call",
    falsify: (history) => dropOperation(history, "t3"),
    foundBy: [journalledFirst],
  },
  {
    name: "a journal row written only after its call",
    falsify: (history) => {
      operation(history, "t1").sentAt = 1_011;
    },
    foundBy: [journalledFirst, outcomesMatch],
  },
  {
    name: "a journal row not yet committed",
    falsify: (history) => {
      history.observations = history.observations.map((row, i) => (i === 0 ? { ...row, journalled: "no" } : row));
    },
    foundBy: [committedFirst],
  },
  {
    name: "a call for an operation that says it was never sent",
    falsify: (history) => {
      const call = find(history.upstream.journal, (row) => row.kind === "transfer");
      const params = { ...(call.params as object), limit: "7" };
      history.upstream.journal.push({ ...call, seq: 98, params, changes: [], effectAt: null });
    },
    foundBy: [journalledFirst],
  },
  {
    name: "done, but it did not happen",
    falsify: (history) => {
      operation(history, "t3").state = "applied";
    },
    foundBy: [outcomesMatch, balancesExplained, auditSequences],
  },
  {
    name: "failed, but it did happen",
    falsify: (history) => {
      operation(history, "t2").state = "not_applied";
      history.audit = history.audit.map((row) =>
        row.targetId === "t2" ? { ...row, action: row.action.replace("applied", "not_applied") } : row,
      );
    },
    foundBy: [outcomesMatch, balancesExplained],
  },
  {
    name: "resolved manually against what happened",
    falsify: (history) => {
      Object.assign(operation(history, "t2"), { state: "settled", settledAs: "not_applied" });
      history.audit = history.audit.map((row) =>
        row.targetId === "t2" ? { ...row, action: row.action.replace("applied", "settled") } : row,
      );
    },
    foundBy: [outcomesMatch, balancesExplained],
  },
  {
    name: "a refused chunk that made keys",
    falsify: (history) => {
      history.keys = history.keys.filter(({ operationId }) => operationId !== "g1");
      operation(history, "g1").state = "refused";
    },
    foundBy: [outcomesMatch, keysRecorded, batchCounts, auditSequences],
  },
  {
    name: "unknown shown as failed",
    falsify: (history) => {
      history.acknowledged = [...history.acknowledged, { operationId: "t2", state: "not_sent" }];
    },
    foundBy: [acknowledgementsHeld],
  },
  {
    name: "a lost key",
    falsify: (history) => {
      history.keys = history.keys.filter(({ plain }) => plain !== "K3");
    },
    foundBy: [keysRecorded, batchCounts],
  },
  {
    name: "a key recorded twice",
    falsify: (history) => {
      history.keys = [...history.keys, find(history.keys, ({ plain }) => plain === "K3")];
    },
    foundBy: [keysRecorded, batchCounts],
  },
  {
    name: "a key that was never made",
    falsify: (history) => {
      history.keys = history.keys.map((row) => (row.plain === "K4" ? { ...row, plain: "K8" } : row));
    },
    foundBy: [keysRecorded],
  },
  {
    name: "a key that can't be decrypted",
    falsify: (history) => {
      history.keys = history.keys.map((row) => (row.plain === "K4" ? { ...row, plain: null } : row));
    },
    foundBy: [keysRecorded],
  },
  {
    name: "a key upstream without a call",
    falsify: ({ upstream }) => {
      upstream.keys.final = [...upstream.keys.final, "K7"];
    },
    foundBy: [keysRecorded, keysFromCalls],
  },
  {
    name: "a batch over its count",
    falsify: (history) => {
      history.batches = history.batches.map((row) => ({ ...row, wanted: 3 }));
    },
    foundBy: [batchCounts],
  },
  {
    name: "a key called surplus that no refused call made",
    falsify: (history) => {
      history.batches = history.batches.map((row) => ({ ...row, wanted: 3 }));
      history.keys = history.keys.map((row) => (row.plain === "K4" ? { ...row, flag: "surplus" } : row));
    },
    foundBy: [batchCounts],
  },
  {
    name: "a batch called done too early",
    falsify: (history) => {
      history.batches = history.batches.map((row) => ({ ...row, wanted: 5 }));
    },
    foundBy: [batchCounts],
  },
  {
    name: "quota from nowhere",
    falsify: ({ upstream }) => {
      upstream.balances.final = new Map([
        ["a", 76],
        ["b", 70],
      ]);
    },
    foundBy: [balancesConserved, balancesExplained, mirrorMatches],
  },
  {
    name: "a card gone without a destroy",
    falsify: ({ upstream }) => {
      upstream.balances.final = new Map([["a", 75]]);
    },
    foundBy: [balancesConserved, balancesExplained, mirrorMatches],
  },
  {
    name: "an operation left unknown",
    falsify: (history) => {
      operation(history, "t3").state = "unknown";
      history.audit = history.audit.filter(({ action }) => action !== "operation.not_applied");
    },
    foundBy: [allResolved, auditSequences],
  },
  {
    name: "a lock that was never released",
    falsify: (history) => {
      history.locks = history.locks.map((row) => ({ ...row, open: true }));
    },
    foundBy: [allResolved],
  },
  {
    name: "an outcome without its audit entry",
    falsify: (history) => {
      history.audit = history.audit.filter(({ action, targetId }) => targetId !== "d1" || !action.endsWith("done"));
    },
    foundBy: [auditSequences],
  },
  {
    name: "an outcome audited twice",
    falsify: (history) => {
      history.audit = [...history.audit, { id: 999, action: "operation.done", targetId: "d1" }];
    },
    foundBy: [auditSequences],
  },
  {
    name: "a destroy without its baseline",
    falsify: (history) => {
      operation(history, "d1").baselines = 0;
    },
    foundBy: [oneBaseline],
  },
  {
    name: "two operations in flight for one card",
    falsify: (history) => {
      operation(history, "t1").finishedAt = 2_500;
    },
    foundBy: [oneInFlight],
  },
  {
    name: "credentials sent to another host",
    falsify: ({ upstream }) => {
      upstream.strayCalls = 1;
    },
    foundBy: [noStrayCalls],
  },
  {
    name: "an uncaught exception in a console process",
    falsify: (history) => {
      history.processLogs = history.processLogs.map((log) => ({ ...log, uncaught: ["Error: write EPIPE"] }));
    },
    foundBy: [nothingUncaught],
  },
];

describe("an invalid history is found:", () => {
  for (const { name, falsify, foundBy } of invalidHistories)
    test(name, () => {
      const history = validHistory();
      falsify(history);
      const names = (found: readonly Checker[]) => found.map(({ name }) => name).toSorted();
      expect(names(failing(history))).toEqual(names(foundBy));
    });
});

test("every checker is shown to find something", () => {
  const effective = new Set(invalidHistories.flatMap(({ foundBy }) => foundBy));
  expect(checkers.filter((checker) => !effective.has(checker)).map(({ name }) => name)).toEqual([]);
});
