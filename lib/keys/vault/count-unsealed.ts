import "server-only";
import { isUnsealedEvent } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { cardEvent, operation } from "@/lib/db/schema";
import { isUnsealedOperation } from "@/lib/operations";

/** How many rows of before sealing still have phones or codes in the clear. */
export async function countUnsealed({ ctx }: { ctx: Ctx }): Promise<number> {
  const [operations, events] = await Promise.all([
    ctx.db.$count(operation, isUnsealedOperation),
    ctx.db.$count(cardEvent, isUnsealedEvent),
  ]);
  return operations + events;
}
