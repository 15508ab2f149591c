import "server-only";
import { and, asc, eq, gt, isNull, max, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { Role } from "@/lib/core/roles";
import { identity, oneTimeLink, session, user } from "@/lib/db/schema";
import { readProvider } from "./identities";
import { type LinkRow, readLastLinks } from "./list-links";
import { hasSecondFactorSql } from "./second-factor/read-second-factor";
import { openSession, readSessionLimits } from "./session-limits";

/** "invited": no way in yet. */
export type UserState = "active" | "invited" | "disabled";

export type UserRow = {
  id: string;
  username: string;
  role: Role;
  state: UserState;
  createdAt: string;
  lastSignInAt: string | null;
  /** Open sessions. */
  sessions: number;
  /** When their unused one-time link expires; null without one. */
  linkUntil: string | null;
  /** Whether they have a second factor; null where SECOND_FACTOR=off. */
  secondFactor: boolean | null;
  /** What today's provider of single sign-on calls them; null: they don't sign in by it. */
  identity: { label: string; roleByClaim: boolean } | null;
  /** The last link to set their password, used or not. */
  lastLink: LinkRow | null;
};

/** Every user, by name. There are few, so there are no pages. */
export async function listUsers({ ctx }: { ctx: Ctx }): Promise<UserRow[]> {
  const now = ctx.now();
  const open = ctx.db
    .select({ userId: session.userId, count: sql<number>`count(*)::int`.as("count") })
    .from(session)
    .where(openSession(await readSessionLimits(ctx.db), now))
    .groupBy(session.userId)
    .as("open");
  const link = ctx.db
    .select({ userId: oneTimeLink.userId, until: max(oneTimeLink.expiresAt).as("until") })
    .from(oneTimeLink)
    .where(and(isNull(oneTimeLink.usedAt), gt(oneTimeLink.expiresAt, now)))
    .groupBy(oneTimeLink.userId)
    .as("link");
  const rows = await ctx.db
    .select({
      id: user.id,
      username: user.username,
      role: user.role,
      hasPassword: sql<boolean>`${user.passwordHash} is not null`,
      disabledAt: user.disabledAt,
      createdAt: user.createdAt,
      lastSignInAt: user.lastSignInAt,
      sessions: open.count,
      linkUntil: link.until,
      label: identity.label,
      roleByClaim: identity.roleByClaim,
      secondFactor: env().SECOND_FACTOR === "off" ? sql<null>`null::boolean` : hasSecondFactorSql(user.id),
    })
    .from(user)
    .leftJoin(open, eq(open.userId, user.id))
    .leftJoin(link, eq(link.userId, user.id))
    .leftJoin(identity, and(eq(identity.userId, user.id), eq(identity.issuer, readProvider()?.issuer ?? "")))
    .orderBy(asc(sql`lower(${user.username})`));
  const links = await readLastLinks({ ctx });
  return rows.map(({ hasPassword, disabledAt, label, roleByClaim, ...row }) => ({
    ...row,
    state: disabledAt ? "disabled" : hasPassword || label !== null ? "active" : "invited",
    identity: label === null ? null : { label, roleByClaim: roleByClaim ?? false },
    createdAt: row.createdAt.toISOString(),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    sessions: disabledAt ? 0 : (row.sessions ?? 0),
    linkUntil: row.linkUntil?.toISOString() ?? null,
    lastLink: links.get(row.id) ?? null,
  }));
}
