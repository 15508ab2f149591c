import { classifySearch } from "@/lib/format/classify-search";

/** Whether a text can name one card: a whole phone, code or id, or nothing. A part of one has no hash to find it by. */
export const isCardText = (text: string): boolean =>
  text.trim() === "" || classifySearch(text).some(({ kind }) => kind === "phone" || kind === "code" || kind === "id");
