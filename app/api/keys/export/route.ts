import { exportKeys } from "@/lib/keys";
import { exportKeysSchema } from "@/lib/keys/schemas";
import { keyExportLabels } from "@/lib/web/export-labels/key-export-labels";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "keys.export",
  role: "operator",
  input: exportKeysSchema,
  freshProof: true,
  file: true,
  verb: async (call) => exportKeys({ ...call, labels: await keyExportLabels() }),
});
