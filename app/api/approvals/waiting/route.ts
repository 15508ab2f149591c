import { countWaiting } from "@/lib/approvals";
import { nothingSchema } from "@/lib/core/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "approvals.waiting",
  role: "operator",
  input: nothingSchema,
  verb: countWaiting,
});
