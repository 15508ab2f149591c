import "server-only";
import { isInFullListing } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { espai } from "@/lib/upstream";
import type { DestroyParams, Reading } from "../../operation";

/** Whether the card is still listed: by its id and, only if it is not, in the full list. */
export async function readPresence(ctx: Ctx, { card }: DestroyParams): Promise<Reading> {
  const byId = (await espai().readCardById(card.id)) !== null;
  return { kind: "presence", byId, inFullList: byId ? null : await isInFullListing(ctx, card.id) };
}
