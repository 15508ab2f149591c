"use server";

import { refreshBilling } from "@/lib/billing";
import { nothingSchema } from "@/lib/core/schemas";
import { defineAction } from "@/lib/web/action";

export const refreshBillingAction = defineAction({
  name: "billing.refresh",
  role: "support",
  input: nothingSchema,
  verb: refreshBilling,
});
