"use server";

import { defineAction } from "@/lib/action";
import { refreshBilling } from "@/lib/billing/refresh-billing";
import { nothingSchema } from "@/lib/settings/schemas";

export const refreshBillingAction = defineAction({
  name: "billing.refresh",
  role: "support",
  input: nothingSchema,
  verb: refreshBilling,
});
