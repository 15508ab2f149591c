import {
  type CardFilter,
  type CardFilterName,
  type FilterErrors,
  type FilterTexts,
  maskedErrors,
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

type Read = { filter: CardFilter; errors: FilterErrors };

/**
 * The filter a form holds, or why not. A phone typed as a nickname is still a phone, and must not get into the URL. Where
 * phones and codes are `masked`, no other part of one than its mask shows.
 */
export function readDraft(draft: FilterDraft, { masked }: { masked: boolean }): Read {
  const { filter, errors } = readTexts(draft);
  return { filter, errors: { ...errors, ...(masked && maskedErrors(filter)) } };
}

function readTexts(draft: FilterDraft): Read {
  const misplaced = normalizePhone(draft.name);
  if (misplaced) return readFilters({ ...draft, name: "", phone: draft.phone.trim() || misplaced });
  const { filter, errors } = readFilters(draft);
  const phones = draft.name.split(/[\s,;，；、]+/).filter(normalizePhone);
  return { filter, errors: { ...errors, ...(phones.length > 1 && { name: "one_number" as const }) } };
}
