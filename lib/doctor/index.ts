/**
 * Is this installation in order: one line for each thing. The door for server code. Runs on plain Node too, for
 * `npm run doctor`: relative imports with their endings, no ORM.
 */
import "server-only";

export {
  checkOf,
  type Durability,
  type Expected,
  type Facts,
  judgeDurability,
  judgeFacts,
  OLDEST_POSTGRES,
} from "./judge-facts.ts";
export { newestMigration } from "./newest-migration.ts";
export { readDurability } from "./read-durability.ts";
export { readFacts } from "./read-facts.ts";
