/** What was promised to come back to, bound to a card. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { countDue, dueCount, dueValues } from "./count-due";
export { finishFollowUp } from "./finish-follow-up";
export { handOverFollowUp } from "./hand-over-follow-up";
export { listFollowUps } from "./list-follow-ups";
export { openFollowUp } from "./open-follow-up";
