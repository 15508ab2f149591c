/**
 * Is this installation in order: one line for each thing. The door for server code. Runs on plain Node too, for
 * `npm run doctor`: relative imports with their endings, no ORM.
 */
import "server-only";

export { checkOf, type Expected, type Facts, judgeFacts } from "./judge-facts.ts";
export { newestMigration } from "./newest-migration.ts";
export { readFacts } from "./read-facts.ts";
