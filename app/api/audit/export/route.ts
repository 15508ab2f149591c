import { exportAudit } from "@/lib/audit";
import { auditFilterSchema } from "@/lib/audit/schemas";
import { assertMayExport, recordExport } from "@/lib/limits";
import { auditExportLabels } from "@/lib/web/export-labels/audit-export-labels";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "audit.export",
  role: "admin",
  input: auditFilterSchema,
  file: true,
  verb: async (call) =>
    exportAudit({ ...call, labels: await auditExportLabels(), admit: assertMayExport, record: recordExport }),
});
