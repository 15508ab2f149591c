/** The find box: one text, everything it may mean. The door for server code; the browser uses types.ts. */
import "server-only";

export { findAll } from "./find-all";
