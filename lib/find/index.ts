/** The find box: one text, everything it may mean; and many lines at once. The door for server code; the browser uses types.ts. */
import "server-only";

export { findAll } from "./find-all";
export { exportMany, type ManyExportLabels } from "./many/export-many";
export { findMany } from "./many/find-many";
