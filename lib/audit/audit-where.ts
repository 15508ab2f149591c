import "server-only";
import { and, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import { inDayRange } from "@/lib/db/day-range";
import { beginsWith, contains } from "@/lib/db/like-pattern";
import { audit } from "@/lib/db/schema";
import type { AuditFilter } from "./schemas";

/** The rows a filter means. */
export function auditWhere(filter: AuditFilter): SQL | undefined {
  const { actor, action, target, outcome, from, to } = filter;
  return and(
    actor ? ilike(audit.actorName, contains(actor)) : undefined,
    action
      ? action.includes(".")
        ? eq(audit.action, action)
        : ilike(audit.action, beginsWith(`${action}.`))
      : undefined,
    target
      ? or(eq(audit.targetId, target), eq(sql`lower(${audit.detail}->>'username')`, target.toLowerCase()))
      : undefined,
    outcome ? eq(audit.outcome, outcome) : undefined,
    inDayRange(audit.at, from, to),
  );
}
