import { readBilling } from "@/lib/billing/read-billing";
import { definePostRoute } from "@/lib/route";
import { nothingSchema } from "@/lib/settings/schemas";

export const POST = definePostRoute({ name: "billing.read", role: "support", input: nothingSchema, verb: readBilling });
