import "server-only";
import { espai } from "@/lib/upstream";
import type { WriteOutcome } from "@/lib/upstream/types";
import type { TransferParams } from "../../operation";

/** The one call of a transfer. */
export function sendTransfer({ source, target, amount }: TransferParams): Promise<WriteOutcome<null>> {
  // No confirmation goes on with cards that can't be opened.
  if (source.code === null || target.code === null) throw new Error("a card of this transfer can't be opened");
  return espai().transfer({
    phone: source.phone ?? "",
    code: source.code,
    targetPhone: target.phone ?? "",
    targetCode: target.code,
    amount,
  });
}
