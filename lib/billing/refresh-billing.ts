import "server-only";
import type { Ctx } from "@/lib/context";
import { pollBilling } from "./poll-billing";
import { readBilling } from "./read-billing";
import type { BillingView } from "./types";

/** Query Talk-Bot now. A failure is not thrown: the view has it, beside the last good numbers. */
export async function refreshBilling({ ctx }: { ctx: Ctx }): Promise<BillingView> {
  await pollBilling({ ctx });
  return readBilling({ ctx });
}
