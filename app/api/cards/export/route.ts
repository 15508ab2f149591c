import { exportCards, isMaskedFor } from "@/lib/cards";
import { exportSchema, MAX_SELECTED } from "@/lib/cards/schemas";
import { cardExportLabels } from "@/lib/web/export-labels/card-export-labels";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "cards.export",
  role: "support",
  input: exportSchema,
  freshProof: ({ ctx }) => !isMaskedFor(ctx.actor),
  file: true,
  // MAX_SELECTED ids of at most 64 characters, with quotes and commas.
  maxBody: MAX_SELECTED * 67 + 1024,
  verb: async (call) => exportCards({ ...call, labels: await cardExportLabels() }),
});
