import { type CardFilter, type CardFilterName, readFilters } from "@/lib/cards/types";

const TEXTS = ["8", "yes", "only", "2026-09-21"];

/** A filter with this one set, and the text it is read from: whichever of a few texts its kind takes. */
export function filterExample(name: CardFilterName): { text: string; filter: CardFilter } {
  const text = TEXTS.find((candidate) => name in readFilters({ [name]: candidate }).filter);
  if (text === undefined) throw new Error(`Add a text that the kind of "${name}" takes.`);
  return { text, filter: readFilters({ [name]: text }).filter };
}
