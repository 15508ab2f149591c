/** One line of time of a card or a customer. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { readTimeline } from "./read-timeline";
