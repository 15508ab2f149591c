import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { operation } from "@/lib/db/schema";
import { consumeDailyLimit, DailyLimitError, recordLimitReached } from "@/lib/limits";
import { inFlight } from "@/lib/process/in-flight";
import { instanceId } from "@/lib/process/instance";
import { assertWritesAllowed } from "@/lib/settings";
import { assertMayWrite } from "@/lib/users";
import { auditTargetOf } from "../journal/audit-operation";
import { assertUnlocked, CardLockedError, lockCards, toLockConflict } from "../journal/lock-cards";
import { openOperation } from "../journal/open-operation";
import { isReadable } from "../journal/sealed-params";
import { type OperationRow, transitionOperation } from "../journal/transition-operation";
import type { ConfirmableKind } from "../operation-kind";
import { type OperationView, viewOperation } from "../read/view-operation";
import type { confirmSchema } from "../schemas";
import { abortIntent } from "./abort-intent";
import { assertDemandsMet } from "./assert-demands-met";
import { assertNotGivenBack } from "./assert-merge-done";
import { noteRequired } from "./note-required";
import { sendOperation } from "./send-operation";
import { toIntentError } from "./to-intent-error";

type Input<T> = {
  ctx: Ctx;
  input: z.output<typeof confirmSchema>;
  kind: ConfirmableKind<T>;
  /** The phrase a large one asks for; by default the bare number. */
  phrase?: (count: number) => string;
};

/**
 * Confirm a draft by its id; a large one with its phrase typed. The same id again, at any time and from anywhere, returns the stored
 * state: at most one call per operation, ever.
 *
 * Throws AppError not_found (the id is unknown, another user's or of another kind), expired, busy (a card is locked;
 * params name the lock owner), proof_required, bad_input (the note, the phrase), paused, forbidden, too_many (over the daily limit
 * and not approved), conflict (already retried, given back or merged), unavailable (also when what was sealed of the cards can't be opened). In all of these nothing was sent; the draft is as it was, or
 * "not sent" if it was stopped after the cards were locked.
 */
export async function confirmOperation<T>(call: Input<T>): Promise<OperationView> {
  const attributes = { [ATTRIBUTE.operationId]: call.input.operationId, [ATTRIBUTE.operationKind]: call.kind.name };
  return withSpan("operation.confirm", attributes, async (set) => {
    const view = await confirm(call);
    set({ [ATTRIBUTE.operationState]: view.state });
    return view;
  });
}

function confirm<T>({ ctx, input, kind, phrase = String }: Input<T>): Promise<OperationView> {
  return inFlight(async () => {
    const draft = await load(ctx, input.operationId);
    if (!draft || draft.kind !== kind.name || draft.actorId !== ctx.actor.id)
      throw new AppError("not_found", "no_such_preview");
    if (draft.state !== "draft") return viewOperation(kind, draft);
    if (draft.expiresAt <= ctx.now()) throw new AppError("expired", "preview_expired");
    if (!isReadable(draft.params)) throw new AppError("unavailable", "cards_unreadable");
    await assertDemandsMet(ctx, kind, [draft], { text: input.typed, phrase });

    const intent = await claimIntent(ctx, kind, draft);
    if (!intent) return viewOperation(kind, (await load(ctx, draft.id)) ?? draft);

    const check = await kind.revalidate(ctx, intent);
    if (!check.ok) return viewOperation(kind, await abortIntent(ctx, intent.id, check.reason, check.details));

    const sent = await sendOperation({ ctx, kind, intent, baseline: check.baseline });
    if (sent?.state === "done") kind.afterDone?.(ctx, sent);
    return viewOperation(kind, sent ?? (await load(ctx, intent.id)) ?? intent);
  });
}

/** First transaction: the state, the card locks and the audit row, or nothing. Null: lost to a concurrent confirmation. */
async function claimIntent<T>(ctx: Ctx, kind: ConfirmableKind<T>, draft: OperationRow): Promise<OperationRow | null> {
  const cards = kind.lockedCards(draft);
  try {
    await assertUnlocked(ctx.db, draft.id, cards);
    return await ctx.db.transaction(async (tx) => {
      await assertWritesAllowed(tx);
      await assertMayWrite(tx, ctx.actor);
      const row = await transitionOperation(tx, draft.id, "draft", "intent", {
        intentAt: ctx.now(),
        instanceId: instanceId(),
      });
      if (!row) return null;
      // The note can change until here; what was demanded of the draft was demanded with the note it had then.
      if (draft.note && !row.note) throw noteRequired();
      // So can its end: whoever was asked for an approval may refuse it at this moment.
      if (row.expiresAt <= ctx.now()) throw new AppError("expired", "preview_expired");
      if (row.mergeOf) await assertNotGivenBack(tx, row.mergeOf);
      const approvalId = await consumeDailyLimit(tx, ctx, {
        ...kind.dailyUse(row),
        subject: { kind: "operation", id: row.id },
      });
      const { note, reference } = row;
      const said = { ...(note && { note }), ...(reference && { reference }) };
      const { reverses, merges, mergeOf } = row;
      const linked = { ...(reverses && { reverses }), ...(merges && { merges }), ...(mergeOf && { mergeOf }) };
      const detail = { kind: row.kind, ...said, ...linked, ...(approvalId && { approvalId }) };
      const about = { cards: cards.map(({ cardId }) => cardId) };
      await recordAudit(tx, ctx, { action: "operation.confirmed", ...auditTargetOf(row), detail, about });
      await lockCards(tx, row.id, cards);
      return row;
    });
  } catch (error) {
    if (error instanceof DailyLimitError) await recordLimitReached(ctx, error, auditTargetOf(draft));
    throw error instanceof CardLockedError ? await toLockConflict(ctx.db, error) : toIntentError(error);
  }
}

async function load(ctx: Ctx, id: string): Promise<OperationRow | undefined> {
  const [row] = await ctx.db.select().from(operation).where(eq(operation.id, id));
  return row && openOperation(row);
}
