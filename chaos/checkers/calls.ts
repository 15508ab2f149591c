import type { JournalRow } from "../../sandbox/types.ts";
import { type Check, callsOf, saysHappened } from "../history/history.ts";
import { matchCalls } from "./match-calls.ts";

const nameOf = ({ seq, kind, params }: JournalRow): string => `call ${seq} (${kind} ${JSON.stringify(params)})`;

export const journalledFirst: Check = {
  name: "every upstream write has its journal row before it",
  run: (evidence) => ({
    examined: callsOf(evidence).length,
    violations: matchCalls(evidence).unjournalled.map((call) => `${nameOf(call)} has none`),
  }),
};

export const calledOnce: Check = {
  name: "no operation was called twice",
  run: (evidence) => ({
    examined: evidence.operations.filter(({ sentAt }) => sentAt !== null).length,
    violations: matchCalls(evidence).doubled.map((call) => `${nameOf(call)} is one too many`),
  }),
};

export const committedFirst: Check = {
  name: "the journal row was committed when the call arrived",
  run: ({ sights }) => ({
    examined: sights.filter(({ journalled }) => journalled === "yes").length,
    violations: sights
      .filter(({ journalled }) => journalled === "no")
      .map(({ seq }) => `call ${seq}: nothing committed`),
  }),
};

/** Keys are compared one by one elsewhere: found keys may be shared out among chunks in doubt. */
export const outcomesAgree: Check = {
  name: "what the console says happened is what happened",
  run: (evidence) => {
    const { callOf } = matchCalls(evidence);
    const violations: string[] = [];
    for (const row of evidence.operations) {
      const call = callOf.get(row.id);
      const happened = typeof call?.effectAt === "number";
      const says = saysHappened(row);
      const told = `operation ${row.id} (${row.kind}) is ${row.state}`;
      if (row.state === "not_sent" && call) violations.push(`${told}, but ${nameOf(call)} arrived`);
      else if (row.kind === "generate") {
        if (row.state === "refused" && happened) violations.push(`${told}, but ${nameOf(call)} made keys`);
      } else if (says !== null && says !== happened)
        violations.push(
          `${told}${row.settledAs ? ` as ${row.settledAs}` : ""}, upstream it ${happened ? "did" : "did not"} happen`,
        );
    }
    return { examined: evidence.operations.length, violations };
  },
};

export const toldTheTruth: Check = {
  name: "nobody was told anything definite that is not so",
  run: ({ told, operations }) => {
    const byId = new Map(operations.map((row) => [row.id, row]));
    const violations = told.flatMap(({ operationId, state }) => {
      const last = byId.get(operationId);
      const says = saysHappened({ state, settledAs: last?.settledAs ?? null });
      if (state === "draft" || says === null) return [];
      return last?.state === state ? [] : [`operation ${operationId}: told ${state}, is ${last?.state ?? "lost"}`];
    });
    return { examined: told.length, violations };
  },
};

export const noStrayCalls: Check = {
  name: "no key was shown to another host and no redirect followed",
  run: ({ upstream }) => ({
    examined: upstream.journal.length,
    violations: upstream.strayCalls === 0 ? [] : [`${upstream.strayCalls} stray calls`],
  }),
};
