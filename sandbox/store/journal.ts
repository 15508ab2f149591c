import type { EffectName } from "../core/effect.ts";
import type { UpstreamName, WriteKind } from "../core/endpoints.ts";
import type { FaultName } from "../core/fault-names.ts";

export type Change =
  | { kind: "balance"; cardId: string; from: number; to: number }
  | { kind: "destroyed"; cardId: string }
  | { kind: "key"; keyId: string; cardStr: string; type: number; createdDate: number };

/**
 * One write that was received, or one change made by end users or a second operator. It took effect if and only if
 * `effectAt` is not null; `changes` are what it changed. It never contains a header, key or token.
 */
export type JournalRow = {
  seq: number;
  /** Epoch ms at which the whole request had arrived. */
  at: number;
  actor: "caller" | "consumer" | "second_operator" | "top_up";
  upstream: UpstreamName;
  path: string;
  kind: WriteKind | "consume" | "top_up";
  params: unknown;
  fault: FaultName | null;
  rule: string | null;
  effect: EffectName;
  /** When a delayed effect is due; null otherwise. */
  dueAt: number | null;
  effectAt: number | null;
  /** The upstream's refusal message if its rules refused the call. */
  refusal: string | null;
  changes: Change[];
};

type Opening = Pick<JournalRow, "at" | "actor" | "upstream" | "path" | "kind" | "params"> & Partial<JournalRow>;

/** Record a write before it takes effect. */
export function openRow(journal: JournalRow[], opening: Opening): JournalRow {
  const row: JournalRow = {
    fault: null,
    rule: null,
    effect: "before",
    dueAt: null,
    effectAt: null,
    refusal: null,
    changes: [],
    ...opening,
    seq: (journal.at(-1)?.seq ?? 0) + 1,
  };
  journal.push(row);
  return row;
}

/** Record what the write changed, or why it was refused. */
export function settleRow(row: JournalRow, { changes, refusal }: Pick<JournalRow, "changes" | "refusal">): void {
  row.changes = changes;
  row.refusal = refusal;
  if (changes.length > 0) row.effectAt = Date.now();
}
