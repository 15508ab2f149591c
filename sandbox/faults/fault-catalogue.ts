import type { EffectName } from "../core/effect.ts";
import type { CallKind } from "../core/endpoints.ts";
import type { FaultName } from "../core/fault-names.ts";
import type { FaultSettings } from "./fault-rule.ts";

/** What a fault can be combined with. The first effect is its default. */
export type FaultInfo = {
  effects: readonly EffectName[];
  /** Calls it applies to; all if unset. */
  kinds?: readonly CallKind[];
  settings: FaultSettings;
  /** What the caller sees, in plain words. */
  says: string;
};

const ANY: readonly EffectName[] = ["never", "before", "late"];
/** Definite refusals: the upstream says that it did nothing, so nothing may happen. */
const NEVER: readonly EffectName[] = ["never"];
/** Faults that change what really happens, so the call must happen. */
const BEFORE: readonly EffectName[] = ["before"];
const POTATO: readonly CallKind[] = ["generate", "keys"];
const WRITES: readonly CallKind[] = ["transfer", "destroy", "generate"];

export const FAULT_CATALOGUE: Readonly<Record<FaultName, FaultInfo>> = {
  refuse: { effects: NEVER, settings: {}, says: "connection refused" },
  hang: { effects: ANY, settings: {}, says: "accepts the connection, never responds" },
  reset: { effects: ANY, settings: {}, says: "connection reset before any header" },
  "cut-with-length": { effects: ANY, settings: {}, says: "half of the body that content-length announced" },
  "cut-chunked": { effects: ANY, settings: {}, says: "half of a chunked body, without its end" },
  drip: { effects: ANY, settings: { ms: 200 }, says: "one byte every `ms`; the true answer or an unlisted failure" },
  empty: { effects: ANY, settings: {}, says: "200 without a body" },
  "non-json": { effects: ANY, settings: {}, says: "200 with plain text" },
  "html-500": { effects: ANY, settings: {}, says: "500 with a web page" },
  "html-502": { effects: ANY, settings: {}, says: "502 with a proxy's page" },
  "json-500": { effects: ANY, settings: {}, says: "500 with a framework's JSON" },
  "html-404": { effects: ANY, settings: {}, says: "404 with a web page" },
  "json-403": { effects: ANY, settings: {}, says: "403 with a gateway's JSON" },
  "429-seconds": { effects: ANY, settings: { seconds: 2 }, says: "429, Retry-After in seconds" },
  "429-date": { effects: ANY, settings: { seconds: 2 }, says: "429, Retry-After as a date" },
  "429-garbage": { effects: ANY, settings: {}, says: "429, invalid Retry-After" },
  "redirect-same": { effects: ANY, settings: {}, says: "307 to the same host" },
  "redirect-other": { effects: ANY, settings: {}, says: "307 to another host that records credentials" },
  "gzip-bomb": { effects: ANY, settings: {}, says: "64 KB that unpack to 64 MiB" },
  "wrong-shape": { effects: ANY, settings: {}, says: "200 with unrelated JSON" },
  "wrong-types": { effects: ANY, settings: {}, says: "numbers for strings and strings for numbers" },
  "failure-listed": { effects: NEVER, settings: {}, says: "a documented refusal" },
  "failure-unlisted": { effects: ANY, settings: {}, says: "系统错误 with code 500; the call may be half done" },
  "wrong-signature": { effects: ANY, kinds: POTATO, settings: {}, says: "a valid body with a bad signature" },
  "clock-skew": { effects: BEFORE, settings: { skewMs: 600_000 }, says: "the upstream's clock is `skewMs` ahead" },
  "login-expired-after": { effects: NEVER, settings: { calls: 3 }, says: "403 after `calls` calls that work" },
  "refused-after-effect": {
    effects: BEFORE,
    kinds: WRITES,
    settings: {},
    says: "a login refusal, though the call happened",
  },
  "keys-duplicate": { effects: BEFORE, kinds: ["generate"], settings: { by: 1 }, says: "a key comes twice" },
  "keys-fewer": { effects: BEFORE, kinds: ["generate"], settings: { by: 3 }, says: "fewer keys than asked for" },
  "keys-more": { effects: BEFORE, kinds: ["generate"], settings: { by: 2 }, says: "more keys than asked for" },
  "destroy-partial": {
    effects: ["before", "never", "late"],
    kinds: ["destroy"],
    settings: {},
    says: "destroys `by` ids (default half), then 系统错误",
  },
};
