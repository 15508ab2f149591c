import type { JournalRow } from "../../sandbox/types.ts";
import { callsOf, type Evidence, type Operation } from "../history/history.ts";
import { signatureOfCall, signatureOfOperation } from "../history/operation-key.ts";

export type Matching = {
  /** The one call of an operation. */
  callOf: ReadonlyMap<string, JournalRow>;
  /** Calls for which no operation was journalled as sent before. */
  unjournalled: JournalRow[];
  /** Calls whose only operations have one already. */
  doubled: JournalRow[];
};

type Sent = Operation & { sentAt: number };

/** An answer's end is measured by the caller, a call's arrival by the upstream, on one clock but not in one moment. */
const SLACK_MS = 5_000;

/** Find for each upstream write the operation that made it: same parameters, journalled as sent before it arrived. */
export function matchCalls(evidence: Evidence): Matching {
  const sent = evidence.operations.filter((row): row is Sent => row.sentAt !== null);
  const operations = Map.groupBy(sent, (row) => signatureOfOperation(row.params));
  const calls = Map.groupBy(callsOf(evidence), signatureOfCall);
  const callOf = new Map<string, JournalRow>();
  const left: { call: JournalRow; candidates: Sent[] }[] = [];

  for (const [signature, group] of calls) {
    const candidates = operations.get(signature) ?? [];
    const inOrder = group.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
    const rest =
      group[0]?.kind === "generate"
        ? matchChunks(evidence, inOrder, candidates, callOf)
        : matchLocked(inOrder, candidates, callOf);
    left.push(...rest.map((call) => ({ call, candidates })));
  }
  const wasBefore = ({ call, candidates }: (typeof left)[number]) => candidates.some((row) => row.sentAt <= call.at);
  return {
    callOf,
    unjournalled: left.filter((each) => !wasBefore(each)).map(({ call }) => call),
    doubled: left.filter(wasBefore).map(({ call }) => call),
  };
}

/** A card's operations come one after the other, so a call belongs to the last one sent before it. */
function matchLocked(calls: JournalRow[], candidates: Sent[], callOf: Map<string, JournalRow>): JournalRow[] {
  const inOrder = candidates.toSorted((a, b) => a.sentAt - b.sentAt);
  return calls.filter((call) => {
    const row = inOrder.findLast(({ sentAt }) => sentAt <= call.at);
    if (!row || callOf.has(row.id)) return true;
    callOf.set(row.id, call);
    return false;
  });
}

/**
 * Chunks of a batch are under way side by side. Keys recorded from a chunk's own answer name its call; a refusal's call
 * had no effect; what is left goes to the operation that ended first. Those "not sent" come last: they have none.
 */
function matchChunks(
  { keys }: Evidence,
  calls: JournalRow[],
  candidates: Sent[],
  callOf: Map<string, JournalRow>,
): JournalRow[] {
  const callOfKey = new Map(
    calls.flatMap((call) => call.changes.flatMap((change) => (change.kind === "key" ? [[change.cardStr, call]] : []))),
  );
  const free = new Set(calls);
  const give = (id: string, call: JournalRow) => free.delete(call) && callOf.set(id, call);
  const open = () => candidates.filter(({ id }) => !callOf.has(id)).toSorted((a, b) => endOf(a) - endOf(b));
  const answered = Map.groupBy(
    keys.filter(({ recovered, flag }) => !recovered && flag !== "duplicate"),
    ({ operationId }) => operationId,
  );
  for (const { id } of open())
    for (const { plain } of answered.get(id) ?? []) {
      const call = callOfKey.get(plain ?? "");
      if (call && free.has(call) && !callOf.has(id)) give(id, call);
    }

  const isDefinite = ({ state }: Sent) => state === "refused" || state === "done";
  const rounds: [(row: Sent) => boolean, (call: JournalRow) => boolean][] = [
    [isDefinite, (call) => call.effectAt === null],
    [(row) => !isDefinite(row) && row.state !== "not_sent", () => true],
    [() => true, () => true],
  ];
  for (const [mayTake, mayGo] of rounds)
    for (const call of calls.filter((each) => free.has(each) && mayGo(each))) {
      const row = open().find((each) => mayTake(each) && each.sentAt <= call.at && call.at <= endOf(each));
      if (row) give(row.id, call);
    }
  return [...free];
}

const endOf = ({ endedAt }: Sent): number => (endedAt ?? Number.POSITIVE_INFINITY) + SLACK_MS;
