/** How much one user may do in one day, and reveal in one hour. The door for server code. */
import "server-only";

export { consumeDailyLimit, DailyLimitError } from "./consume-daily-limit";
export { consumeReveal, noteRevealLimit, RevealLimitError } from "./consume-reveal";
export type { LimitSubject } from "./find-approval";
export type { Measure } from "./measure";
export { type DailyUse, readDailyUse } from "./read-daily-use";
export { recordLimitReached } from "./record-limit-reached";
