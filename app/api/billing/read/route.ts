import { readBilling } from "@/lib/billing";
import { nothingSchema } from "@/lib/core/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "billing.read", role: "support", input: nothingSchema, verb: readBilling });
