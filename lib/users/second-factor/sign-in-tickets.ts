import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { signInTicket, user } from "@/lib/db/schema";
import type { SecondFactorMethods } from "./schemas";

export const TICKET_SECONDS = 300;
const MOST_TRIES = 5;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** The password (or the provider of single sign-on) was right, and the second factor is awaited. `token` goes into a cookie, and nowhere else. */
export class SecondFactorNeeded extends AppError {
  readonly token: string;
  readonly methods: SecondFactorMethods;
  constructor(token: string, methods: SecondFactorMethods) {
    super("not_signed_in", "second_factor_needed");
    this.token = token;
    this.methods = methods;
  }
}

/** `passwordHash` is the one that was matched; without it the first step was another. */
type Holder = { userId: string; passwordHash?: string | null };

/**
 * A ticket for the second step: five minutes, five tries, one session. The user's row is locked: ending their sessions,
 * as a change of the password does, ends their tickets too. Throws AppError "not_signed_in" if the user may no longer.
 */
export async function issueTicket(ctx: Ctx, { userId, passwordHash }: Holder): Promise<string> {
  const now = ctx.now();
  // Rows another request is deleting are skipped: waiting for them could deadlock.
  await ctx.db.execute(sql`delete from ${signInTicket} where ${signInTicket.tokenHash} in (
    select ${signInTicket.tokenHash} from ${signInTicket} where ${signInTicket.expiresAt} < ${now}
    for update skip locked)`);
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + TICKET_SECONDS * 1000);
  await ctx.db.transaction(async (tx) => {
    const unchanged = passwordHash === undefined ? sql`true` : sql`${user.passwordHash} = ${passwordHash}`;
    const still = sql`${user.id} = ${userId} and ${user.disabledAt} is null and ${unchanged}`;
    const [current] = await tx.select({ id: user.id }).from(user).where(still).for("share");
    if (!current) throw new AppError("not_signed_in", "wrong_sign_in");
    await tx.insert(signInTicket).values({ tokenHash: hashOf(token), userId, expiresAt });
  });
  return token;
}

const open = (token: string, at: Date) =>
  and(eq(signInTicket.tokenHash, hashOf(token)), gt(signInTicket.expiresAt, at));

/** The user of a ticket that is open. AppError "expired". */
export async function readTicket(ctx: Ctx, token: string): Promise<string> {
  const [found] = await ctx.db.select({ userId: signInTicket.userId }).from(signInTicket).where(open(token, ctx.now()));
  if (!found) throw new AppError("expired", "sign_in_expired");
  return found.userId;
}

/** Take one of a ticket's tries, before the proof is checked; returns its user. AppError "expired" without one left. */
export async function takeTicketTry(ctx: Ctx, token: string): Promise<string> {
  const [taken] = await ctx.db
    .update(signInTicket)
    .set({ tries: sql`${signInTicket.tries} + 1` })
    .where(and(open(token, ctx.now()), lt(signInTicket.tries, MOST_TRIES)))
    .returning({ userId: signInTicket.userId });
  if (!taken) throw new AppError("expired", "sign_in_expired");
  return taken.userId;
}

/** Use the ticket up. Of concurrent uses one succeeds; AppError "expired" for the others. */
export async function consumeTicket(tx: Tx, token: string, at: Date): Promise<void> {
  const used = await tx.delete(signInTicket).where(open(token, at)).returning({ userId: signInTicket.userId });
  if (used.length === 0) throw new AppError("expired", "sign_in_expired");
}
