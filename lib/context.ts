import "server-only";
import { requestIdNow } from "@/lib/core/request-scope";
import type { Role } from "@/lib/core/roles";
import { type Db, database } from "@/lib/db/client";

/** The actor. `id` is null for the system itself (jobs, recovery). */
export type Actor = { id: string | null; name: string; role: Role; sessionId: string | null };

/** What every verb gets: the actor, the request, the clock and the database. */
export type Ctx = {
  actor: Actor;
  requestId: string;
  ip: string | null;
  userAgent: string | null;
  now: () => Date;
  db: Db;
};

export const SYSTEM: Actor = { id: null, name: "system", role: "admin", sessionId: null };

/** A context for jobs and recovery: nobody waits at a screen, so statements have more time. */
export function systemContext(): Ctx {
  return {
    actor: SYSTEM,
    requestId: requestIdNow(),
    ip: null,
    userAgent: null,
    now: () => new Date(),
    db: database().patientDb,
  };
}
