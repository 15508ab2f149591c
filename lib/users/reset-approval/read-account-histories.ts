import "server-only";
import { and, asc, eq, gt, inArray, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import type { Role } from "@/lib/core/roles";
import { ROLES } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { audit, oneTimeLink, user } from "@/lib/db/schema";
import { hasWayIn } from "../identities";
import { ACCOUNT_CHANGES, type AccountHistory } from "./admin-history";

/**
 * Every user, with what others did to their account since a moment. It is read from the audit, which the console can only
 * add to. What a claim of the provider gave or took counts; what the system did otherwise (the first administrator) and
 * what users did to themselves is nobody else's doing.
 */
export async function readAccountHistories(tx: Pick<Tx, "select">, since: Date): Promise<AccountHistory[]> {
  // A claim's doings are recorded as the system's, or as those of whom it created.
  const byAnother = or(
    and(isNotNull(audit.actorId), ne(sql`${audit.actorId}::text`, audit.targetId)),
    eq(sql`${audit.detail}->>'by'`, "claim"),
  );
  const users = await tx
    .select({
      id: user.id,
      role: user.role,
      disabledAt: user.disabledAt,
      canSignIn: hasWayIn(),
    })
    .from(user);
  const changes = await tx
    .select({ userId: audit.targetId, action: audit.action, from: sql<string | null>`${audit.detail}->>'from'` })
    .from(audit)
    .where(and(inArray(audit.action, [...ACCOUNT_CHANGES]), gt(audit.at, since), eq(audit.outcome, "ok"), byAnother))
    .orderBy(asc(audit.id));
  const links = await tx
    .select({ userId: oneTimeLink.userId })
    .from(oneTimeLink)
    .where(
      and(
        gt(oneTimeLink.usedAt, since),
        or(isNull(oneTimeLink.createdBy), ne(oneTimeLink.createdBy, oneTimeLink.userId)),
      ),
    );
  return users.map((row) => ({
    ...row,
    changes: changes
      .filter(({ userId }) => userId === row.id)
      .map(({ action, from }) => ({ action, from: ROLES.find((role): role is Role => role === from) ?? null })),
    linkUsed: links.some(({ userId }) => userId === row.id),
  }));
}
