import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { matchesPhrase } from "@/lib/format/matches-phrase";
import { readSettings } from "@/lib/settings";
import { assertFreshProof } from "@/lib/users";
import type { OperationRow } from "../journal/transition-operation";
import type { ConfirmableKind } from "../operation-kind";
import { measureDrafts } from "./measure-drafts";
import { noteRequired } from "./note-required";

/** What the user typed, and the phrase that a number of cards or calls asks for in their language. */
export type Typed = { text: string | undefined; phrase: (count: number) => string };

/**
 * Directly before drafts become intents: large ones need a fresh proof, a note, and their phrase typed. All is known from
 * the stored drafts alone, whose parameters never change. AppErrors "proof_required", "bad_input" (field `note`; or field
 * `typed`, params name the phrase).
 */
export async function assertDemandsMet<T>(
  ctx: Ctx,
  kind: ConfirmableKind<T>,
  drafts: readonly OperationRow[],
  { text, phrase }: Typed,
): Promise<void> {
  const { large, toType, noteMissing } = measureDrafts(kind, drafts, await readSettings({ ctx }));
  if (large) await assertFreshProof(ctx.db, ctx);
  if (noteMissing) throw noteRequired();
  if (toType === null) return;
  const wanted = phrase(toType);
  if (matchesPhrase(text ?? "", wanted)) return;
  const extra = { params: { phrase: wanted }, fields: { typed: text ? "phrase_differs" : "required" } };
  throw new AppError("bad_input", "phrase_required", extra);
}
