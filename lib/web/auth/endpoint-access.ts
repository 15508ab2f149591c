import "server-only";
import type { Role } from "@/lib/core/roles";

/** What an action or a route demands of its caller. "public": no session needed. */
export type Access = { name: string; role: Role | "public" };

const mark = Symbol.for("cardesk.access");

/** Write on a function what it demands, so that the test of the role table can read what really stands in the code. */
export const markAccess = <F extends object>(door: F, access: Access): F => Object.assign(door, { [mark]: access });

/** What a function says it demands; null if it was not made by one of our definers. */
export const accessOf = (door: unknown): Access | null =>
  (typeof door === "function" && (door as { [mark]?: Access })[mark]) || null;
