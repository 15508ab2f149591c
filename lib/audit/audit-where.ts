import "server-only";
import { and, arrayOverlaps, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import { addressGroup } from "@/lib/core/address-group";
import type { Tx } from "@/lib/db/client";
import { inDayRange } from "@/lib/db/day-range";
import { beginsWith } from "@/lib/db/like-pattern";
import { audit } from "@/lib/db/schema";
import { type AboutSearch, findAbout } from "./find-about";
import type { AuditFilter } from "./schemas";

/** The rows a filter means. For a card it is looked up first which ones that are. */
export async function auditWhere(db: Tx, filter: AuditFilter): Promise<SQL | undefined> {
  const { actor, action, target, card, ip, outcome, from, to } = filter;
  return and(
    actor ? eq(sql`lower(${audit.actorName})`, actor.toLowerCase()) : undefined,
    action
      ? action.includes(".")
        ? eq(audit.action, action)
        : ilike(audit.action, beginsWith(`${action}.`))
      : undefined,
    target
      ? or(eq(audit.targetId, target), eq(sql`lower(${audit.detail}->>'username')`, target.toLowerCase()))
      : undefined,
    card ? isAbout(await findAbout(db, card)) : undefined,
    // What came by the thousand is recorded under its group.
    ip ? inArray(audit.ip, [...new Set([ip, addressGroup(ip)])]) : undefined,
    outcome ? eq(audit.outcome, outcome) : undefined,
    inDayRange(audit.at, from, to),
  );
}

function isAbout({ hashes, cards, operations }: AboutSearch): SQL | undefined {
  const isTarget = (kind: string, ids: string[]) => and(eq(audit.targetKind, kind), inArray(audit.targetId, ids));
  const hasHash = hashes.length > 0 ? arrayOverlaps(audit.about, hashes) : undefined;
  return or(hasHash, isTarget("card", cards), isTarget("operation", operations));
}
