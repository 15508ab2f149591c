import { exportAudit } from "@/lib/audit/export-audit";
import { exportWords } from "@/lib/audit/export-words";
import { auditFilterSchema } from "@/lib/audit/schemas";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "audit.export",
  role: "admin",
  input: auditFilterSchema,
  verb: async (call) => exportAudit({ ...call, words: await exportWords() }),
});
