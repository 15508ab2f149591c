import "server-only";
import { espai } from "@/lib/upstream";
import type { WriteOutcome } from "@/lib/upstream/types";
import type { TransferParams } from "../../operation";

/** The one call of a transfer. */
export const sendTransfer = ({ source, target, amount }: TransferParams): Promise<WriteOutcome<null>> =>
  espai().transfer({
    phone: source.phone ?? "",
    code: source.code,
    targetPhone: target.phone ?? "",
    targetCode: target.code,
    amount,
  });
