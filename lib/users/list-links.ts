import "server-only";
import { desc, eq, isNotNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { oneTimeLink, user } from "@/lib/db/schema";

/** A one-time link to set a password: who made it and when, and what became of it. Times are ISO. */
export type LinkRow = {
  createdAt: string;
  /** Null where it was made by an earlier version. */
  createdBy: string | null;
  /** "over": expired, replaced or revoked. */
  state: "open" | "used" | "over";
  expiresAt: string;
  usedAt: string | null;
  /** The address it was used from. */
  usedFrom: string | null;
};

const maker = alias(user, "maker");
const { createdAt, expiresAt, usedAt, usedFrom, userId } = oneTimeLink;
const columns = { createdAt, expiresAt, usedAt, usedFrom, createdBy: maker.username };
type Stored = {
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  usedFrom: string | null;
  createdBy: string | null;
};

const toRow = (stored: Stored, now: Date): LinkRow => ({
  createdAt: stored.createdAt.toISOString(),
  createdBy: stored.createdBy,
  state: stored.usedAt ? "used" : stored.expiresAt > now ? "open" : "over",
  expiresAt: stored.expiresAt.toISOString(),
  usedAt: stored.usedAt?.toISOString() ?? null,
  usedFrom: stored.usedFrom,
});

/** The last ten links that were made to set the caller's password, newest first: nobody takes over an account unseen. */
export async function listOwnLinks({ ctx }: { ctx: Ctx }): Promise<LinkRow[]> {
  if (!ctx.actor.id) throw new AppError("not_signed_in");
  const rows = await ctx.db
    .select(columns)
    .from(oneTimeLink)
    .leftJoin(maker, eq(maker.id, oneTimeLink.createdBy))
    .where(eq(userId, ctx.actor.id))
    .orderBy(desc(createdAt))
    .limit(10);
  return rows.map((row) => toRow(row, ctx.now()));
}

/** The last link of each user who ever had one, by user id. */
export async function readLastLinks({ ctx }: { ctx: Ctx }): Promise<Map<string, LinkRow>> {
  const rows = await ctx.db
    .selectDistinctOn([userId], { userId, ...columns })
    .from(oneTimeLink)
    .leftJoin(maker, eq(maker.id, oneTimeLink.createdBy))
    .where(isNotNull(userId))
    .orderBy(userId, desc(createdAt));
  return new Map(rows.flatMap((row) => (row.userId ? [[row.userId, toRow(row, ctx.now())] as const] : [])));
}
