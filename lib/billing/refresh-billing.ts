import "server-only";
import type { Ctx } from "@/lib/context";
import { pollBilling } from "./poll-billing";
import { readBilling } from "./read-billing";
import type { BillingView } from "./types";

/** Ask Talk-Bot now. A failed query is not thrown: it comes back in the view, beside the last good numbers. */
export async function refreshBilling({ ctx }: { ctx: Ctx }): Promise<BillingView> {
  await pollBilling({ ctx });
  return readBilling({ ctx });
}
