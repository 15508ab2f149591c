import { exportKeysSchema } from "@/lib/batches/schemas";
import { exportKeys } from "@/lib/keys/export-keys";
import { keyWords } from "@/lib/keys/key-words";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "keys.export",
  role: "operator",
  input: exportKeysSchema,
  verb: async (call) => exportKeys({ ...call, words: await keyWords() }),
});
