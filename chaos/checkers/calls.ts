import type { JournalRow } from "../../sandbox/store/journal.ts";
import { callsOf, recordedEffect } from "../history/history.ts";
import type { Checker } from "./checker.ts";
import { matchCalls } from "./match-calls.ts";

const nameOf = ({ seq, kind, params }: JournalRow): string => `call ${seq} (${kind} ${JSON.stringify(params)})`;

export const journalledFirst: Checker = {
  name: "every upstream write was journalled before it arrived",
  check: (history) => ({
    examined: callsOf(history).length,
    violations: matchCalls(history).unjournalled.map((call) => `${nameOf(call)} was not`),
  }),
};

export const sentOnce: Checker = {
  name: "no operation was sent twice",
  check: (history) => ({
    examined: history.operations.filter(({ sentAt }) => sentAt !== null).length,
    violations: matchCalls(history).doubled.map((call) => `${nameOf(call)} is one too many`),
  }),
};

export const committedFirst: Checker = {
  name: "the journal row was committed when the call arrived",
  check: ({ observations }) => ({
    examined: observations.filter(({ journalled }) => journalled === "yes").length,
    violations: observations
      .filter(({ journalled }) => journalled === "no")
      .map(({ seq }) => `call ${seq}: nothing was committed`),
  }),
};

/** Keys are compared one by one in keys.ts: recovered keys may be assigned to any of the in-doubt chunks. */
export const outcomesMatch: Checker = {
  name: "the outcomes the console recorded are what happened upstream",
  check: (history) => {
    const { callOf } = matchCalls(history);
    const violations: string[] = [];
    for (const row of history.operations) {
      const call = callOf.get(row.id);
      const happened = typeof call?.effectAt === "number";
      const recorded = recordedEffect(row);
      const subject = `operation ${row.id} (${row.kind}) is ${row.state}`;
      if (row.state === "not_sent" && call) violations.push(`${subject}, but ${nameOf(call)} arrived`);
      else if (row.kind === "generate") {
        if (row.state === "refused" && happened) violations.push(`${subject}, but ${nameOf(call)} made keys`);
      } else if (recorded !== null && recorded !== happened)
        violations.push(
          `${subject}${row.settledAs ? ` as ${row.settledAs}` : ""}, upstream it ${happened ? "did" : "did not"} happen`,
        );
    }
    return { examined: history.operations.length, violations };
  },
};

export const acknowledgementsHeld: Checker = {
  name: "every final state answered to a client stayed true",
  check: ({ acknowledged, operations }) => {
    const byId = new Map(operations.map((row) => [row.id, row]));
    const violations = acknowledged.flatMap(({ operationId, state }) => {
      const operation = byId.get(operationId);
      const effect = recordedEffect({ state, settledAs: operation?.settledAs ?? null });
      if (state === "draft" || effect === null) return [];
      return operation?.state === state
        ? []
        : [`operation ${operationId}: answered ${state}, is ${operation?.state ?? "lost"}`];
    });
    return { examined: acknowledged.length, violations };
  },
};

export const noStrayCalls: Checker = {
  name: "no credentials reached another host, no redirect was followed",
  check: ({ upstream }) => ({
    examined: upstream.journal.length,
    violations: upstream.strayCalls === 0 ? [] : [`${upstream.strayCalls} stray calls`],
  }),
};
