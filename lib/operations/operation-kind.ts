import "server-only";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import type { batch } from "@/lib/db/schema";
import type { Measure } from "@/lib/limits";
import type { Settings } from "@/lib/settings/schemas";
import type { RefusalReason, UpstreamName, WriteOutcome } from "@/lib/upstream/types";
import type { CardSide } from "./card-side";
import type { LockedCard } from "./journal/lock-cards";
import type { OperationRow } from "./journal/transition-operation";
import type { OperationKind, OperationParams, Reading } from "./operation";

/**
 * All that the engine knows of a kind of operation. The engine journals, locks, sends once, records, reconciles,
 * recovers and settles; where the kinds differ it takes a step from here and never asks which kind it has.
 * Every step gets the stored row; `paramsOf` narrows its parameters.
 */
export type Kind<K extends OperationKind = OperationKind> = {
  name: K;
  /** Whether the same thing may be asked for again, as a new operation with `retryOf`. */
  retryable: boolean;
  /** What a screen may know of the parameters. Cards are masked. */
  summarize: (row: WithParams) => Partial<OperationSummary>;
  /**
   * Take one reading of an unknown operation, keep it as evidence, and conclude what can be concluded.
   * Throws UpstreamError if the reading could not be taken: that decides nothing.
   */
  reconcile: (ctx: Ctx, row: OperationRow) => Promise<void>;
  /** What else changes when an unknown operation turns out to have happened, in the transaction that says so. */
  applyResolved?: (tx: Tx, row: OperationRow, at: Date) => Promise<void>;
  /** Of a kind whose operations are calls of batches: the batches as a list shows them, by id. */
  summarizeBatches?: (db: Tx, batchIds: readonly string[]) => Promise<Map<string, BatchSummary>>;
};

/** A kind with its one call. `T` is what the upstream's success brings. */
export type SendableKind<T, K extends OperationKind = OperationKind> = Kind<K> & {
  upstream: UpstreamName;
  /** The one call: made at most once, never repeated. It never throws; what is not an answer is an outcome too. */
  send: (row: OperationRow) => Promise<WriteOutcome<T>>;
  /** What an outcome changes besides the operation, in the outcome's own transaction. */
  applyOutcome: ApplyOutcome<T>;
  /** Read once whether the upstream's refusal can be true, before it is recorded. Throws UpstreamError. */
  checkRefusal?: (ctx: Ctx, row: OperationRow, reason: RefusalReason) => Promise<RefusalCheck>;
};

/**
 * What was read right after a refusal. `holds`: it is proven as far as it can be. Not so with the verdict "pending":
 * nothing read contradicts it, but a later reading may.
 */
export type RefusalCheck = { at: Date; reading: Reading; verdict: Verdict; holds: boolean };

export type ApplyOutcome<T> = (tx: Tx, ctx: Ctx, row: OperationRow, outcome: WriteOutcome<T>) => Promise<void>;

/** A kind that is previewed and then confirmed by a user, and locks the cards it touches. */
export type ConfirmableKind<T, K extends OperationKind = OperationKind> = SendableKind<T, K> & {
  lockedCards: (row: WithParams) => LockedCard[];
  /** What a confirmation of the draft puts at stake, by the settings. */
  stakeOf: (draft: Draft, settings: Pick<Settings, "typed_phrase" | "reason_required">) => Stake;
  /** How much it counts towards what its user may do in a day. */
  dailyUse: (row: WithParams) => { measure: Measure; asked: number };
  /** Check once more, with the locks held, that everything is as previewed and allowed. Gives the journal's baseline. */
  revalidate: (ctx: Ctx, intent: OperationRow) => Promise<Revalidation>;
  /** What follows a success without being part of it. Must not throw. */
  afterDone?: (ctx: Ctx, row: OperationRow) => void;
};

/**
 * `calls` move or are lost; large ones need a fresh proof. `toType`: the number in the phrase to be typed, if one is.
 * `needsNote`: so large that its user must say why.
 */
export type Stake = { calls: number; toType: number | null; needsNote: boolean };

/** A kind whose unknown outcome shows in readings of its cards. */
export type ObservableKind<K extends OperationKind = OperationKind> = Kind<K> & {
  /** Read what can tell whether it happened. Throws UpstreamError. */
  takeReading: (ctx: Ctx, row: OperationRow) => Promise<Reading>;
  /** What a reading says, given the row (and its baseline) as it was when the reading began. Pure. */
  decide: (input: { row: OperationRow; reading: Reading; quietPeriodOver: boolean }) => Verdict;
};

/** Every kind. The compiler demands one entry for each. */
export type Kinds = { readonly [K in OperationKind]: Kind<K> };

/** What one later reading says of an unknown operation. `pending`: it had not happened when the reading was taken. */
export type Verdict = "applied" | "not_applied" | "pending" | "undecided" | "conflict" | "unreadable";

/** `reason`: a code under "operations.reason". */
export type Revalidation =
  | { ok: true; baseline: Reading }
  | { ok: false; reason: "read_failed" | "card_gone" | "changed" | "not_allowed"; details: string | null };

export type OperationSummary = {
  source: CardSide | null;
  target: CardSide | null;
  amount: number | null;
  keyType: number | null;
  count: number | null;
};

/** A batch in one row. All but `calls` are numbers of keys. */
export type BatchSummary = {
  id: string;
  state: typeof batch.$inferSelect.state;
  wanted: number;
  recorded: number;
  inFlight: number;
  unknown: number;
  calls: number;
};

type WithParams = Pick<OperationRow, "params">;
type Draft = Pick<OperationRow, "params" | "previewedTogether">;
type ParamsOf<K extends OperationKind> = Extract<OperationParams, { kind: K }>;

/** A row's parameters as those of one kind. Throws for a row of another kind: each kind is only given its own. */
export function paramsOf<K extends OperationKind>(kind: K, { params }: WithParams): ParamsOf<K> {
  if (!isOfKind(kind, params)) throw new Error(`the parameters are of kind ${params.kind}, not ${kind}`);
  return params;
}

const isOfKind = <K extends OperationKind>(kind: K, params: OperationParams): params is ParamsOf<K> =>
  params.kind === kind;
