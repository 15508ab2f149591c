import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { mapConcurrent } from "@/lib/core/concurrency/map-concurrent";
import { type PublicError, toPublicError } from "@/lib/core/errors";
import type { ConfirmableKind } from "../operation-kind";
import type { OperationView } from "../read/view-operation";
import type { confirmManySchema } from "../schemas";
import { confirmOperation } from "./confirm-operation";

const CONCURRENCY = 4;

export type ConfirmedRow =
  | { operationId: string; ok: true; operation: OperationView }
  | { operationId: string; ok: false; error: PublicError };

type Input<T> = { ctx: Ctx; input: z.output<typeof confirmManySchema>; kind: ConfirmableKind<T> };

/**
 * Confirm several drafts, each an operation of its own: a failure is reported in its row and does not stop the others.
 * At most four calls run at once; a repeated id is confirmed once.
 */
export async function confirmMany<T>({ ctx, input, kind }: Input<T>): Promise<ConfirmedRow[]> {
  return mapConcurrent(CONCURRENCY, [...new Set(input.operationIds)], async (operationId): Promise<ConfirmedRow> => {
    try {
      return { operationId, ok: true, operation: await confirmOperation({ ctx, kind, input: { operationId } }) };
    } catch (error) {
      return { operationId, ok: false, error: toPublicError(error, ctx.requestId) };
    }
  });
}
