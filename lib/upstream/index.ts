/** The three upstream systems: the only code that talks to them. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { type Drift, onDrift } from "./drift";
export { type CardList, espai } from "./espai/client";
export type { Balance, Card } from "./espai/types";
export type { ListCardsInput } from "./espai/wire-schema";
export { upstreamHealth } from "./http/upstream-health";
export { isConfigured } from "./is-configured";
export { type CreatedKeys, type KeyList, potato } from "./potato/client";
export type { PotatoKey } from "./potato/wire-schema";
export { type Talkbot, talkbot } from "./talkbot/client";
export type { TalkbotBilling, TalkbotUsageRow } from "./talkbot/wire-schema";
export { UpstreamError } from "./upstream-error";
export { upstreamWords } from "./upstream-message";
