/** What polling the upstreams found, and contract drift. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { startDriftWriter } from "./drift-writer";
export { recordPoll } from "./record-poll";
