/** How much one user may do in one day, reveal and search for in one hour and take out at once. The door for server code. */
import "server-only";

export { consumeDailyLimit, DailyLimitError } from "./consume-daily-limit";
export { consumeReveal } from "./consume-reveal";
export { countSearches } from "./count-searches";
export type { LimitSubject } from "./find-approval";
export type { Measure } from "./measure";
export { type DailyUse, readDailyUse } from "./read-daily-use";
export { assertMayExport, recordExport } from "./record-export";
export { recordLimitReached } from "./record-limit-reached";
export { withExportSlot } from "./with-export-slot";
export { withReveal } from "./with-reveal";
