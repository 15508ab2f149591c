import { listAudit } from "@/lib/audit";
import { listAuditSchema } from "@/lib/audit/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "audit.list", role: "admin", input: listAuditSchema, verb: listAudit });
