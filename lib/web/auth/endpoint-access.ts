import "server-only";
import type { Role } from "@/lib/core/roles";

/** What an action or a route demands of its caller. "public": no session needed. */
type Access = { name: string; role: Role | "public" };

const mark = Symbol.for("cardesk.access");

/** Mark a function with what it demands, so that the test of the role table can read it from the code. */
export const markAccess = <F extends object>(endpoint: F, access: Access): F =>
  Object.assign(endpoint, { [mark]: access });

/** What a function says it demands; null if it was not made by one of our definers. */
export const accessOf = (endpoint: unknown): Access | null =>
  (typeof endpoint === "function" && (endpoint as { [mark]?: Access })[mark]) || null;
