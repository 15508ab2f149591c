"use server";

import { requestApproval } from "@/lib/approvals";
import { requestApprovalSchema } from "@/lib/approvals/schemas";
import { defineAction } from "@/lib/web/action";

export const requestApprovalAction = defineAction({
  name: "approvals.request",
  role: "operator",
  input: requestApprovalSchema,
  verb: requestApproval,
});
