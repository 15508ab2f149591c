import type { JournalRow } from "../../sandbox/store/journal.ts";
import { callsOf, type History, type Operation } from "../history/history.ts";
import { keyOfCall, keyOfOperation } from "../history/operation-key.ts";

export type Matching = {
  /** The one call of an operation. */
  callOf: ReadonlyMap<string, JournalRow>;
  /** Calls for which no operation was journalled as sent before. */
  unjournalled: JournalRow[];
  /** Calls whose operations all have a call already. */
  doubled: JournalRow[];
};

type Sent = Operation & { sentAt: number };

/** The console notes when an answer ended, the upstream when a call arrived: the same clock, not the same moment. */
const SLACK_MS = 5_000;

/** Find the operation of each upstream write: same parameters, journalled as sent before the write arrived. */
export function matchCalls(history: History): Matching {
  const sent = history.operations.filter((row): row is Sent => row.sentAt !== null);
  const operations = Map.groupBy(sent, (row) => keyOfOperation(row.params));
  const calls = Map.groupBy(callsOf(history), keyOfCall);
  const callOf = new Map<string, JournalRow>();
  const unmatched: { call: JournalRow; candidates: Sent[] }[] = [];

  for (const [key, group] of calls) {
    const candidates = operations.get(key) ?? [];
    const inOrder = group.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
    const rest =
      group[0]?.kind === "generate"
        ? matchChunks(history, inOrder, candidates, callOf)
        : matchLocked(inOrder, candidates, callOf);
    unmatched.push(...rest.map((call) => ({ call, candidates })));
  }
  const wasBefore = ({ call, candidates }: (typeof unmatched)[number]) =>
    candidates.some((row) => row.sentAt <= call.at);
  return {
    callOf,
    unjournalled: unmatched.filter((each) => !wasBefore(each)).map(({ call }) => call),
    doubled: unmatched.filter(wasBefore).map(({ call }) => call),
  };
}

/** A card's operations never overlap, so a call belongs to the last one sent before it. */
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
 * Chunks of a batch are sent in parallel. Keys recorded from a chunk's answer identify its call; a refused chunk's call
 * had no effect; the remaining calls go to the operation that ended first. "not_sent" comes last: it should have none.
 */
function matchChunks(
  { keys }: History,
  calls: JournalRow[],
  candidates: Sent[],
  callOf: Map<string, JournalRow>,
): JournalRow[] {
  const callOfKey = new Map(
    calls.flatMap((call) => call.changes.flatMap((change) => (change.kind === "key" ? [[change.cardStr, call]] : []))),
  );
  const free = new Set(calls);
  const assign = (id: string, call: JournalRow) => free.delete(call) && callOf.set(id, call);
  const open = () => candidates.filter(({ id }) => !callOf.has(id)).toSorted((a, b) => endOf(a) - endOf(b));
  const answered = Map.groupBy(
    keys.filter(({ recovered, flag }) => !recovered && flag !== "duplicate"),
    ({ operationId }) => operationId,
  );
  for (const { id } of open())
    for (const { plain } of answered.get(id) ?? []) {
      const call = callOfKey.get(plain ?? "");
      if (call && free.has(call) && !callOf.has(id)) assign(id, call);
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
      if (row) assign(row.id, call);
    }
  return [...free];
}

const endOf = ({ endedAt }: Sent): number => (endedAt ?? Number.POSITIVE_INFINITY) + SLACK_MS;
