import "server-only";
import { and, count, eq, gt } from "drizzle-orm";
import { noteRefusal, recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { audit, card } from "@/lib/db/schema";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import { espai, UpstreamError } from "@/lib/upstream";
import { withScreenRead } from "./mirror/with-screen-read";
import type { LookUpInput } from "./schemas";
import type { Card, LookedUpCard } from "./types";

const ACTION = "card.looked_up";
/** Enough for a person with a list, too few to try codes. */
const MAX_PER_MINUTE = 20;

/**
 * Ask the upstream for one card by phone and code, for one the mirror does not have. Read-only: what it answers may be in
 * no list of ours, so it is not mirrored. Audited as a look-up, found or not, before it is returned. Throws AppError
 * "too_many" after 20 in a minute or while two live reads of theirs run, UpstreamError when it could not be asked.
 */
export async function lookUpCard({ ctx, input }: { ctx: Ctx; input: LookUpInput }): Promise<LookedUpCard> {
  await assertNotTooMany(ctx);
  const { phone, code } = input;
  const asked = { phone: maskPhone(phone), code: maskCode(code) };
  const record = (outcome: "ok" | "failed", found: Card | null) =>
    recordAudit(ctx.db, ctx, {
      action: ACTION,
      ...(found && { targetKind: "card", targetId: found.id }),
      outcome,
      detail: { ...asked, ...(outcome === "ok" && { found: found !== null }) },
      about: { cards: found ? [found.id] : [], phones: [phone], codes: [code] },
    });
  let found: Card | null;
  try {
    found = await withScreenRead(ctx, () => readLive(input));
  } catch (error) {
    await record("failed", null);
    throw error;
  }
  await record("ok", found);
  return { card: found && (await view(ctx, found)) };
}

async function readLive(input: LookUpInput): Promise<Card | null> {
  try {
    return await espai().getCard(input, "screen_read");
  } catch (error) {
    if (error instanceof UpstreamError && error.reason === "card_not_found") return null;
    throw error;
  }
}

async function view(ctx: Ctx, { id, code, type, userName, phone, balance }: Card): Promise<LookedUpCard["card"]> {
  const [mirrored] = await ctx.db.select({ id: card.id }).from(card).where(eq(card.id, id));
  return {
    id,
    maskedCode: maskCode(code),
    type,
    userName,
    maskedPhone: phone && maskPhone(phone),
    balance,
    mirrored: mirrored !== undefined,
  };
}

/** Counted by the audit, so over all processes. */
async function assertNotTooMany(ctx: Ctx): Promise<void> {
  const since = new Date(ctx.now().getTime() - 60_000);
  const { id, name } = ctx.actor;
  const own = id === null ? eq(audit.actorName, name) : eq(audit.actorId, id);
  const [row] = await ctx.db
    .select({ lookUps: count() })
    .from(audit)
    .where(and(own, eq(audit.action, ACTION), gt(audit.at, since)));
  if ((row?.lookUps ?? 0) < MAX_PER_MINUTE) return;
  const detail = { measure: "lookUps", limit: MAX_PER_MINUTE };
  await noteRefusal({ ctx, entry: { action: "limit.reached", targetKind: "card", outcome: "refused", detail } });
  throw new AppError("too_many");
}
