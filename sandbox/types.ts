export type UpstreamName = "espai" | "potato" | "talkbot";
export const UPSTREAMS: readonly UpstreamName[] = ["espai", "potato", "talkbot"];

export type WriteKind = "transfer" | "destroy" | "generate";
export type CallKind = WriteKind | "list" | "detail" | "keys" | "billing" | "usage";
export type SignMode = "none" | "v1" | "v3";

/** A quota card exactly as ESP-AI answers it: phones are numbers, balances numbers or strings, owners null until redeemed. */
export type CardRow = {
  id: string;
  create_time: number;
  update_time: number | null;
  code: string;
  user_id: string | null;
  api_limit: number | string;
  type: string;
  user_phone: number | null;
  user_name: string | null;
};

/** A card key as PotatoCloud keeps it. `state` 1 unused, 0 used; used keys carry the last three fields. */
export type KeyRow = {
  id: string;
  createdDate: number;
  modifiedDate: number;
  status: number;
  ip: string;
  appId: string;
  cardStr: string;
  exportState: number;
  state: number;
  type: number;
  expireTime?: string;
  systemStr?: string;
};

export type FaultName =
  | "refuse"
  | "hang"
  | "reset"
  | "cut-with-length"
  | "cut-chunked"
  | "drip"
  | "empty"
  | "non-json"
  | "html-500"
  | "html-502"
  | "json-500"
  | "html-404"
  | "json-403"
  | "429-seconds"
  | "429-date"
  | "429-garbage"
  | "redirect-same"
  | "redirect-other"
  | "gzip-bomb"
  | "wrong-shape"
  | "wrong-types"
  | "failure-listed"
  | "failure-unlisted"
  | "wrong-signature"
  | "clock-skew"
  | "login-expired-after"
  | "keys-duplicate"
  | "keys-fewer"
  | "keys-more"
  | "destroy-partial";

/** Whether a faulted write happens all the same: not at all, before the fault is shown, or N ms after the request. */
export type Effect = "never" | "before" | { lateMs: number };
export type EffectName = "never" | "before" | "late";

export type FaultMatch = {
  upstream?: UpstreamName;
  /** Upstream path without prefix, e.g. "/cdkey/transfer". */
  path?: string;
  kind?: CallKind;
  /** Fires from the nth matching call on (1-based); alone it fires once. */
  nth?: number;
  /** How many times it fires in all. */
  count?: number;
  /** 0..1, drawn from a generator seeded with `seed`. */
  probability?: number;
  seed?: number;
  /** Request fields that must have these values, compared as text. */
  when?: Record<string, string | number | boolean>;
};

/** Knobs of single faults; each has a default. See the catalogue. */
export type FaultSettings = {
  /** drip: ms between bytes; refuse and hang: how long, forever if unset. */
  ms?: number;
  /** 429-seconds and 429-date: how long to wait. */
  seconds?: number;
  /** login-expired-after: calls that still work. */
  calls?: number;
  /** clock-skew: how far the upstream's clock is ahead, ms. */
  skewMs?: number;
  /** keys-* and destroy-partial: by how many. */
  by?: number;
  /** keys-duplicate and keys-fewer: every key asked for is made, the answer just does not show all. */
  hide?: boolean;
};

export type FaultRule = {
  id: string;
  match: FaultMatch;
  fault: FaultName;
  effect: Effect;
  with: FaultSettings;
};

/** What one may post: everything but `fault` has a default. */
export type FaultRuleInput = {
  id?: string;
  match?: FaultMatch;
  fault: FaultName;
  effect?: Effect;
  with?: FaultSettings;
};

/** A rule with what it did so far. */
export type FaultRuleStatus = FaultRule & { matched: number; fired: number };

export type Change =
  | { kind: "balance"; cardId: string; from: number; to: number }
  | { kind: "destroyed"; cardId: string }
  | { kind: "key"; keyId: string; cardStr: string; type: number; createdDate: number };

/**
 * One write call received, or one thing end users or a second operator did. It took effect iff `effectAt` is not null;
 * `changes` say what moved. No header, key or token ever stands here.
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
  /** When a late effect is due; null otherwise. */
  dueAt: number | null;
  effectAt: number | null;
  /** The upstream's own words if its rules refused the call. */
  refusal: string | null;
  changes: Change[];
};

export type SandboxOptions = {
  latencyMs: Record<UpstreamName, number>;
  /** Added to the latency, uniformly 0..jitterMs. */
  jitterMs: number;
  /** What `/cdkey/list` means by totalNumber: all matches, or the rows in this answer. */
  totalNumber: "total" | "rows";
  ignorePaging: boolean;
  /** How code, nickname and phone filters of `/cdkey/list` match. */
  filters: "exact" | "partial";
  /** How many rows of each list answer come twice. */
  duplicates: number;
  /** How many unreadable rows each list answer carries on top. */
  badRows: number;
  /** An array of ids with a bad one among them: refuse all of it, or destroy the others and then complain. */
  destroyArray: "all" | "each";
  sign: SignMode;
  /** How far each upstream's clock is ahead, ms. */
  clockSkewMs: Record<UpstreamName, number>;
  /** Signed requests whose `time` is further off are refused; null accepts any, as nothing documents a limit. */
  timeToleranceMs: number | null;
};

export type TrapHit = { at: number; method: string; path: string; secretHeaders: string[] };

export type CallCounts = { total: number; inFlight: number; maxInFlight: number; redirectsFollowed: number };

/** Answer of GET /_sandbox/state. */
export type StateSummary = {
  seed: number;
  seededAt: number;
  cards: number;
  keys: number;
  /** Sum of all countable balances of cards that exist. */
  balance: number;
  consumed: number;
  toppedUp: number;
  destroyed: number;
  journal: number;
  pendingLate: number;
  consumer: { perSecond: number; seed: number } | null;
  calls: Record<UpstreamName, CallCounts>;
  listening: Record<UpstreamName, boolean>;
  trap: { url: string; hits: TrapHit[] };
  options: SandboxOptions;
  faults: number;
};
