import "server-only";
import type { Role } from "@/lib/core/roles";

/** What an action or a route requires of its caller. "public": no session. */
type Access = { name: string; role: Role | "public"; freshProof?: "always" | "sometimes" | "never" };

const mark = Symbol.for("cardesk.access");

/** Mark a function with what it requires, so that the test of the access table can read it. */
export const markAccess = <F extends object>(endpoint: F, access: Access): F =>
  Object.assign(endpoint, { [mark]: access });

/** What a function requires; null if it is not marked. */
export const accessOf = (endpoint: unknown): Access | null =>
  (typeof endpoint === "function" && (endpoint as { [mark]?: Access })[mark]) || null;
