import { exportCards } from "@/lib/cards";
import { exportSchema } from "@/lib/cards/schemas";
import { cardExportLabels } from "@/lib/web/export-labels/card-export-labels";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "cards.export",
  role: "support",
  input: exportSchema,
  slow: true,
  verb: async (call) => exportCards({ ...call, labels: await cardExportLabels() }),
});
