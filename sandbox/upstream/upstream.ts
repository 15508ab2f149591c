import type { CallKind } from "../core/endpoints.ts";
import type { Change } from "../store/journal.ts";
import type { Call } from "./call.ts";
import type { UpstreamState } from "./upstream-state.ts";

/** An upstream's response body (always with HTTP 200), what it changed, and its message if it refused. */
export type CallResult = { body: unknown; changes: Change[]; refusal: string | null };

export type Handler = (state: UpstreamState, call: Call) => CallResult;

/** One upstream: its rules, and the bodies that faults show in its name. */
export type Upstream = {
  /** Checks keys and signatures; null when they are right. */
  authorize(state: UpstreamState, call: Call): CallResult | null;
  handlers: Partial<Record<CallKind, Handler>>;
  /** What a success of this write would look like, without doing it. */
  fakeSuccess(state: UpstreamState, call: Call): unknown;
  /** A documented refusal that fits the call. */
  listedFailure(state: UpstreamState, call: Call): unknown;
  /** The catch-all failure, after which the call may have been half done. */
  unlistedFailure(state: UpstreamState, call: Call): unknown;
  /** The refusal of a caller whose login has expired. */
  loginExpired(state: UpstreamState, call: Call): unknown;
};

/** The message of an unlisted failure. */
export const SYSTEM_ERROR = "系统错误：Read timed out executing POST";
