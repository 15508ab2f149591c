import { describe, expect, test } from "vitest";
import type { Check, Operation } from "../history/history.ts";
import { booksAgree, conserved, mirrorAgrees } from "./balances.ts";
import { calledOnce, committedFirst, journalledFirst, noStrayCalls, outcomesAgree, toldTheTruth } from "./calls.ts";
import { checks } from "./checkers.ts";
import { countsHeld, keysInJournal, keysRecorded } from "./keys.ts";
import { allDecided, baselinesKept, chainsLegal, oneAtATime } from "./states.ts";
import { type ForgeableEvidence, honestRun } from "./valid-history.ts";

/** Which checks find something wrong. */
const complaints = (evidence: ForgeableEvidence): Check[] =>
  checks.filter(({ run }) => run(evidence).violations.length > 0);

function find<T>(rows: T[], is: (row: T) => boolean): T {
  const found = rows.find(is);
  if (!found) throw new Error("no such row in the honest run");
  return found;
}

const operation = (evidence: ForgeableEvidence, id: string): Operation =>
  find(evidence.operations, (row) => row.id === id);

test("an honest run passes every check, and every check has looked at something", () => {
  const evidence = honestRun();
  for (const { name, run } of checks) {
    const { examined, violations } = run(evidence);
    expect(violations, name).toEqual([]);
    expect(examined, name).toBeGreaterThan(0);
  }
});

type Forgery = { lie: string; spoil: (evidence: ForgeableEvidence) => void; caughtBy: Check[] };

const dropOperation = (evidence: ForgeableEvidence, id: string) => {
  evidence.operations = evidence.operations.filter((row) => row.id !== id);
  evidence.audits = evidence.audits.filter((row) => row.targetId !== id);
};
/** The same request once more, with the given effect. */
const callAgain = (evidence: ForgeableEvidence, kind: string, happened: boolean) => {
  const call = find(evidence.upstream.journal, (row) => row.kind === kind && row.effectAt !== null);
  const seq = evidence.upstream.journal.length + 1;
  const again = { ...call, seq, at: call.at + 20, ...(!happened && { changes: [], effectAt: null }) };
  evidence.upstream.journal.push(again);
};

const forgeries: Forgery[] = [
  {
    lie: "a transfer sent twice, the second without effect",
    spoil: (evidence) => callAgain(evidence, "transfer", false),
    caughtBy: [calledOnce],
  },
  {
    lie: "a transfer sent twice, moved twice",
    spoil: (evidence) => {
      callAgain(evidence, "transfer", true);
      evidence.upstream.balances.last = new Map([
        ["a", 45],
        ["b", 100],
      ]);
    },
    caughtBy: [calledOnce, booksAgree, mirrorAgrees],
  },
  { lie: "a destroy sent twice", spoil: (e) => callAgain(e, "destroy", false), caughtBy: [calledOnce] },
  {
    lie: "a chunk sent twice, its second keys in nobody's hands",
    spoil: ({ upstream }) => {
      const call = find(upstream.journal, (row) => row.kind === "generate" && row.effectAt !== null);
      const made = { kind: "key", keyId: "K9", cardStr: "K9", type: 1, createdDate: 0 } as const;
      upstream.journal.push({ ...call, seq: 99, at: call.at + 30, changes: [made] });
      upstream.keys.last = [...upstream.keys.last, "K9"];
    },
    caughtBy: [calledOnce, keysRecorded],
  },
  {
    lie: "no journal row for a call",
    spoil: (evidence) => dropOperation(evidence, "t3"),
    caughtBy: [journalledFirst],
  },
  {
    lie: "a journal row written only after its call",
    spoil: (evidence) => {
      operation(evidence, "t1").sentAt = 1_011;
    },
    caughtBy: [journalledFirst, outcomesAgree],
  },
  {
    lie: "a journal row that was not committed yet",
    spoil: (evidence) => {
      evidence.sights = evidence.sights.map((sight, i) => (i === 0 ? { ...sight, journalled: "no" } : sight));
    },
    caughtBy: [committedFirst],
  },
  {
    lie: "a call for an operation that says it was never sent",
    spoil: (evidence) => {
      const call = find(evidence.upstream.journal, (row) => row.kind === "transfer");
      const params = { ...(call.params as object), limit: "7" };
      evidence.upstream.journal.push({ ...call, seq: 98, params, changes: [], effectAt: null });
    },
    caughtBy: [journalledFirst],
  },
  {
    lie: "done that did not happen",
    spoil: (evidence) => {
      operation(evidence, "t3").state = "applied";
    },
    caughtBy: [outcomesAgree, booksAgree, chainsLegal],
  },
  {
    lie: "failed that did happen",
    spoil: (evidence) => {
      operation(evidence, "t2").state = "not_applied";
      evidence.audits = evidence.audits.map((row) =>
        row.targetId === "t2" ? { ...row, action: row.action.replace("applied", "not_applied") } : row,
      );
    },
    caughtBy: [outcomesAgree, booksAgree],
  },
  {
    lie: "settled by a person against what happened",
    spoil: (evidence) => {
      Object.assign(operation(evidence, "t2"), { state: "settled", settledAs: "not_applied" });
      evidence.audits = evidence.audits.map((row) =>
        row.targetId === "t2" ? { ...row, action: row.action.replace("applied", "settled") } : row,
      );
    },
    caughtBy: [outcomesAgree, booksAgree],
  },
  {
    lie: "a refused chunk that made keys",
    spoil: (evidence) => {
      evidence.keys = evidence.keys.filter(({ operationId }) => operationId !== "g1");
      operation(evidence, "g1").state = "refused";
    },
    caughtBy: [outcomesAgree, keysRecorded, countsHeld, chainsLegal],
  },
  {
    lie: "unknown shown as failed",
    spoil: (evidence) => {
      evidence.told = [...evidence.told, { operationId: "t2", state: "not_sent" }];
    },
    caughtBy: [toldTheTruth],
  },
  {
    lie: "a lost key",
    spoil: (evidence) => {
      evidence.keys = evidence.keys.filter(({ plain }) => plain !== "K3");
    },
    caughtBy: [keysRecorded, countsHeld],
  },
  {
    lie: "a key recorded twice",
    spoil: (evidence) => {
      evidence.keys = [...evidence.keys, find(evidence.keys, ({ plain }) => plain === "K3")];
    },
    caughtBy: [keysRecorded, countsHeld],
  },
  {
    lie: "a key nobody made",
    spoil: (evidence) => {
      evidence.keys = evidence.keys.map((row) => (row.plain === "K4" ? { ...row, plain: "K8" } : row));
    },
    caughtBy: [keysRecorded],
  },
  {
    lie: "a key that does not open any more",
    spoil: (evidence) => {
      evidence.keys = evidence.keys.map((row) => (row.plain === "K4" ? { ...row, plain: null } : row));
    },
    caughtBy: [keysRecorded],
  },
  {
    lie: "a key upstream that no call made",
    spoil: ({ upstream }) => {
      upstream.keys.last = [...upstream.keys.last, "K7"];
    },
    caughtBy: [keysRecorded, keysInJournal],
  },
  {
    lie: "a batch over its count",
    spoil: (evidence) => {
      evidence.batches = evidence.batches.map((row) => ({ ...row, wanted: 3 }));
    },
    caughtBy: [countsHeld],
  },
  {
    lie: "a batch called done too early",
    spoil: (evidence) => {
      evidence.batches = evidence.batches.map((row) => ({ ...row, wanted: 5 }));
    },
    caughtBy: [countsHeld],
  },
  {
    lie: "quota out of nowhere",
    spoil: ({ upstream }) => {
      upstream.balances.last = new Map([
        ["a", 76],
        ["b", 70],
      ]);
    },
    caughtBy: [conserved, booksAgree, mirrorAgrees],
  },
  {
    lie: "a card gone that nobody destroyed",
    spoil: ({ upstream }) => {
      upstream.balances.last = new Map([["a", 75]]);
    },
    caughtBy: [conserved, booksAgree, mirrorAgrees],
  },
  {
    lie: "an operation left unknown",
    spoil: (evidence) => {
      operation(evidence, "t3").state = "unknown";
      evidence.audits = evidence.audits.filter(({ action }) => action !== "operation.not_applied");
    },
    caughtBy: [allDecided, chainsLegal],
  },
  {
    lie: "a lock that was never given back",
    spoil: (evidence) => {
      evidence.locks = evidence.locks.map((row) => ({ ...row, open: true }));
    },
    caughtBy: [allDecided],
  },
  {
    lie: "an outcome without its audit row",
    spoil: (evidence) => {
      evidence.audits = evidence.audits.filter(({ action, targetId }) => targetId !== "d1" || !action.endsWith("done"));
    },
    caughtBy: [chainsLegal],
  },
  {
    lie: "an outcome audited twice",
    spoil: (evidence) => {
      evidence.audits = [...evidence.audits, { id: 999, action: "operation.done", targetId: "d1" }];
    },
    caughtBy: [chainsLegal],
  },
  {
    lie: "a destroy without what was read before it",
    spoil: (evidence) => {
      operation(evidence, "d1").baselines = 0;
    },
    caughtBy: [baselinesKept],
  },
  {
    lie: "two operations in flight for one card",
    spoil: (evidence) => {
      operation(evidence, "t1").finishedAt = 2_500;
    },
    caughtBy: [oneAtATime],
  },
  {
    lie: "a key shown to another host",
    spoil: ({ upstream }) => {
      upstream.strayCalls = 1;
    },
    caughtBy: [noStrayCalls],
  },
];

describe("a forged account is found out:", () => {
  for (const { lie, spoil, caughtBy } of forgeries)
    test(lie, () => {
      const evidence = honestRun();
      spoil(evidence);
      const names = (found: readonly Check[]) => found.map(({ name }) => name).toSorted();
      expect(names(complaints(evidence))).toEqual(names(caughtBy));
    });
});

test("every check is shown to catch something", () => {
  const catching = new Set(forgeries.flatMap(({ caughtBy }) => caughtBy));
  expect(checks.filter((check) => !catching.has(check)).map(({ name }) => name)).toEqual([]);
});
