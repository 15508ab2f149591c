import "server-only";
import { readCardsLive } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import type { Reading, TransferParams } from "../../operation";

/** Target first, then source: a transfer that happens in between then reads as "undecided", never as a conflict. */
export async function readBalances(ctx: Ctx, { source, target }: TransferParams): Promise<Reading> {
  const [targetCard] = await readCardsLive(ctx, [target.id]);
  const [sourceCard] = await readCardsLive(ctx, [source.id]);
  return { kind: "balances", source: sourceCard?.balance ?? null, target: targetCard?.balance ?? null };
}
