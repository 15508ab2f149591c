import { listApprovals } from "@/lib/approvals";
import { listApprovalsSchema } from "@/lib/approvals/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "approvals.list",
  role: "operator",
  input: listApprovalsSchema,
  verb: listApprovals,
});
