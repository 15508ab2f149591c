/** The three upstream systems: the only code that talks to them. The door for server code; the browser uses types.ts. */
import "server-only";

export { type Drift, onDrift } from "./drift";
export { espai } from "./espai/client";
export type { Balance, Card, CardList, ListCardsInput } from "./espai/types";
export { guardRetryInMs } from "./guard-retry-in-ms";
export { upstreamHealth } from "./http/upstream-health";
export { isConfigured } from "./is-configured";
export { potato } from "./potato/client";
export type { CreatedKeys, KeyList, PotatoKey } from "./potato/types";
export { type Talkbot, talkbot } from "./talkbot/client";
export type { TalkbotBilling, TalkbotUsageRow } from "./talkbot/types";
export { UpstreamError } from "./upstream-error";
export { upstreamMessage } from "./upstream-message";
