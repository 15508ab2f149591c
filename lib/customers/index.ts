/** One customer: cards, totals, last changes, notes. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { findCustomer } from "./find-customer";
export { addNote } from "./notes/add-note";
export { deleteNote } from "./notes/delete-note";
export { openNote } from "./notes/sealed-note";
