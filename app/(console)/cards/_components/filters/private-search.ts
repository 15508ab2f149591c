import { type Private, privateStore } from "@/components/private-store";
import { forEachFilter, PRIVATE_FILTERS, type PrivateFilter, readFilters, writeFilters } from "@/lib/cards/types";

export type PrivateSearch = Private<PrivateFilter>;

/** The private filters of the cards. */
export const privateSearch = privateStore<PrivateFilter>({
  prefix: "cardesk.search.",
  empty: {},
  write: (filter) => JSON.stringify(privatePartOf(writeFilters(filter))),
  read: (text) => {
    const kept = parse(text);
    const filter = privatePartOf(forEachFilter(PRIVATE_FILTERS, (name) => textOf(kept?.[name])));
    return Object.keys(filter).length > 0 ? filter : null;
  },
});

type Texts = Parameters<typeof readFilters>[0];

const privatePartOf = (texts: Texts): PrivateFilter =>
  readFilters(forEachFilter(PRIVATE_FILTERS, (name) => textOf(texts[name]))).filter;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}
