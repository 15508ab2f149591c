import type { Effect } from "../core/effect.ts";
import type { CallKind, UpstreamName } from "../core/endpoints.ts";
import type { FaultName } from "../core/fault-names.ts";

export type FaultMatch = {
  upstream?: UpstreamName;
  /** Upstream path without prefix, e.g. "/cdkey/transfer". */
  path?: string;
  kind?: CallKind;
  /** Fires from the nth matching call on (1-based); without `count` it fires once. */
  nth?: number;
  /** How many times it fires in all. */
  count?: number;
  /** 0..1, drawn from a generator seeded with `seed`. */
  probability?: number;
  seed?: number;
  /** Request fields that must have these values, compared as text. */
  when?: Record<string, string | number | boolean>;
};

/** Settings of single faults; each has a default in the catalogue. */
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
  /** keys-duplicate and keys-fewer: all keys asked for are made, but the response does not show them all. */
  hide?: boolean;
};

export type FaultRule = {
  id: string;
  match: FaultMatch;
  fault: FaultName;
  effect: Effect;
  with: FaultSettings;
};

/** A rule as it is posted: all but `fault` has a default. */
export type FaultRuleInput = {
  id?: string;
  match?: FaultMatch;
  fault: FaultName;
  effect?: Effect;
  with?: FaultSettings;
};

/** A rule and how often it matched and fired. */
export type FaultRuleStatus = FaultRule & { matched: number; fired: number };
