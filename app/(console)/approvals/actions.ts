"use server";

import { decideApproval } from "@/lib/approvals";
import { decideApprovalSchema } from "@/lib/approvals/schemas";
import { defineAction } from "@/lib/web/action";

export const decideApprovalAction = defineAction({
  name: "approvals.decide",
  role: "admin",
  input: decideApprovalSchema,
  freshProof: ({ input }) => input.decision === "approve",
  verb: decideApproval,
});
