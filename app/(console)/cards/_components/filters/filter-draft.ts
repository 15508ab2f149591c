import {
  type CardFilter,
  type CardFilterName,
  type FilterErrors,
  type FilterTexts,
  readFilters,
  writeFilters,
} from "@/lib/cards/types";
import { normalizePhone } from "@/lib/format/phones";

/** The filter form as typed. */
export type FilterDraft = FilterTexts;

/** What every field of the form takes. */
export type FilterFields = {
  draft: FilterDraft;
  errors: FilterErrors;
  onChange: (part: Partial<FilterDraft>) => void;
};

export const EMPTY_DRAFT: FilterDraft = writeFilters({});

/** Fields that always show; the others are behind 展开. */
const ALWAYS_SHOWN: readonly string[] = ["phone", "code", "name", "types"] satisfies CardFilterName[];

/** How many of the hidden fields are set, or have an error. */
export const countMore = (fields: Partial<Record<CardFilterName, string>>): number =>
  Object.entries(fields).filter(([name, text]) => text && !ALWAYS_SHOWN.includes(name)).length;

/** The filter a form holds, or why not. A phone typed as a nickname is still a phone, and must not get into the URL. */
export function readDraft(draft: FilterDraft): { filter: CardFilter; errors: FilterErrors } {
  const misplaced = normalizePhone(draft.name);
  if (misplaced) return readFilters({ ...draft, name: "", phone: draft.phone.trim() || misplaced });
  const { filter, errors } = readFilters(draft);
  const phones = draft.name.split(/[\s,;，；、]+/).filter(normalizePhone);
  return { filter, errors: { ...errors, ...(phones.length > 1 && { name: "one_number" as const }) } };
}
