"use server";

import { verifyAudit } from "@/lib/audit";
import { nothingSchema } from "@/lib/core/schemas";
import { defineAction } from "@/lib/web/action";

export const verifyAuditAction = defineAction({
  name: "audit.verify",
  role: "admin",
  input: nothingSchema,
  verb: verifyAudit,
});
