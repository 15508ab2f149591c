import { exportAudit } from "@/lib/audit";
import { auditFilterSchema } from "@/lib/audit/schemas";
import { auditExportLabels } from "@/lib/web/export-labels/audit-export-labels";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "audit.export",
  role: "admin",
  input: auditFilterSchema,
  slow: true,
  verb: async (call) => exportAudit({ ...call, labels: await auditExportLabels() }),
});
