/**
 * Background work of a console process: start-up, reconciler, jobs. The door for server code; the browser uses types.ts
 * and schemas.ts.
 */
import "server-only";

export type { Job } from "./jobs/handle-job";
export { jobs } from "./jobs/registry";
export { startUp } from "./start-up";
