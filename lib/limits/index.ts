/** How much one user may do in one day. The door for server code. */
import "server-only";

export { consumeDailyLimit, DailyLimitError, type Measure } from "./consume-daily-limit";
export { recordLimitReached } from "./record-limit-reached";
