import { isMaskedFor } from "@/lib/cards";
import { exportMany } from "@/lib/find";
import { exportManySchema, MAX_PASTED_BODY } from "@/lib/find/schemas";
import { manyExportLabels } from "@/lib/web/export-labels/many-export-labels";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "find.exportMany",
  role: "support",
  input: exportManySchema,
  freshProof: ({ ctx }) => !isMaskedFor(ctx.actor),
  file: true,
  maxBody: MAX_PASTED_BODY,
  verb: async (call) => exportMany({ ...call, labels: await manyExportLabels() }),
});
