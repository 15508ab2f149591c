import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { mapConcurrent } from "@/lib/core/concurrency/map-concurrent";
import { type PublicError, toPublicError } from "@/lib/core/errors";
import type { ConfirmableKind } from "../operation-kind";
import type { OperationView } from "../read/view-operation";
import type { confirmManySchema } from "../schemas";
import { assertDemandsMet } from "./assert-demands-met";
import { confirmOperation } from "./confirm-operation";
import { ownDrafts } from "./demands-proof";

const CONCURRENCY = 4;

export type ConfirmedRow =
  | { operationId: string; ok: true; operation: OperationView }
  | { operationId: string; ok: false; error: PublicError };

type Input<T> = {
  ctx: Ctx;
  input: z.output<typeof confirmManySchema>;
  kind: ConfirmableKind<T>;
  /** The phrase that many of them ask for. */
  phrase?: (count: number) => string;
};

/**
 * Confirm several drafts, each an operation of its own: a failure is reported in its row and does not stop the others.
 * At most four calls run at once; a repeated id is confirmed once. What they demand together is checked before the first:
 * AppErrors "proof_required", "bad_input" (fields `note`, `typed`).
 */
export async function confirmMany<T>({ ctx, input, kind, phrase = String }: Input<T>): Promise<ConfirmedRow[]> {
  const ids = [...new Set(input.operationIds)];
  const { typed } = input;
  await assertDemandsMet(ctx, kind, await ownDrafts(ctx, kind, ids), { text: typed, phrase });
  return mapConcurrent(CONCURRENCY, ids, async (operationId): Promise<ConfirmedRow> => {
    try {
      const operation = await confirmOperation({ ctx, kind, phrase, input: { operationId, typed } });
      return { operationId, ok: true, operation };
    } catch (error) {
      return { operationId, ok: false, error: toPublicError(error, ctx.requestId) };
    }
  });
}
