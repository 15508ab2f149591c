import { getApproval } from "@/lib/approvals";
import { getApprovalSchema } from "@/lib/approvals/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "approvals.get",
  role: "operator",
  input: getApprovalSchema,
  verb: getApproval,
});
