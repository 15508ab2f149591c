import { CARD_FILTERS, type CardFilter, type CardFilterName, FILTER_NAMES } from "./card-filters";
import { type FilterError, textOf } from "./filter-kinds";

/** Filters as text: in the form and in the URL. Blank is no filter. */
export type FilterTexts = Record<CardFilterName, string>;
export type FilterErrors = Partial<Record<CardFilterName, FilterError>>;

/** The filters that texts hold. One that can't be read is left out and named with its error. */
export function readFilters(texts: { [Name in CardFilterName]?: string | null }) {
  const filter: Record<string, unknown> = {};
  const errors: FilterErrors = {};
  for (const name of FILTER_NAMES) {
    const text = texts[name] ?? "";
    if (text.trim() === "") continue;
    const reading = CARD_FILTERS[name].kind(text);
    if ("error" in reading) errors[name] = reading.error;
    else filter[name] = reading.value;
  }
  // Each value was read by the kind its type comes from.
  return { filter: filter as CardFilter, errors };
}

/** The texts of filters, blank where there is none: what {@link readFilters} reads. */
export const writeFilters = (filter: CardFilter): FilterTexts =>
  forEachFilter(FILTER_NAMES, (name) => textOf(filter[name] ?? ""));

/** Something for each of these filters, by name. */
export const forEachFilter = <Name extends CardFilterName, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
) => Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
