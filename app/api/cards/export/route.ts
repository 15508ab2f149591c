import { exportSchema } from "@/lib/cards/card-inputs";
import { exportCards } from "@/lib/cards/export-cards";
import { exportWords } from "@/lib/cards/export-words";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "cards.export",
  role: "support",
  input: exportSchema,
  verb: async (call) => exportCards({ ...call, words: await exportWords() }),
});
