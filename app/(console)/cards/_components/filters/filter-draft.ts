import { parseInteger } from "@/lib/format/numbers";
import { normalizePhone } from "@/lib/format/phones";
import type { CardParams, PrivateFilter } from "../../search-params";

/** The filter form as typed. */
export type FilterDraft = {
  phone: string;
  code: string;
  name: string;
  id: string;
  types: string[];
  min: string;
  max: string;
  from: string;
  to: string;
  redeemed: "" | "yes" | "no";
  empty: "" | "yes" | "no";
  gone: CardParams["gone"];
};

export const EMPTY_DRAFT: FilterDraft = {
  phone: "",
  code: "",
  name: "",
  id: "",
  types: [],
  min: "",
  max: "",
  from: "",
  to: "",
  redeemed: "",
  empty: "",
  gone: "hide",
};

type FilterChange = Pick<CardParams, "name" | "id" | "types" | "min" | "max" | "from" | "to" | "gone"> & {
  redeemed: "yes" | "no" | null;
  empty: "yes" | "no" | null;
};

export const draftOf = (params: CardParams, privateFilter: PrivateFilter): FilterDraft => ({
  phone: privateFilter.phone ?? "",
  code: privateFilter.code ?? "",
  name: params.name,
  id: params.id,
  types: params.types,
  min: params.min?.toString() ?? "",
  max: params.max?.toString() ?? "",
  from: params.from,
  to: params.to,
  redeemed: params.redeemed ?? "",
  empty: params.empty ?? "",
  gone: params.gone,
});

/** How many of the hidden fields are set. */
export const countMore = (draft: FilterDraft): number =>
  [draft.min || draft.max, draft.id, draft.from || draft.to, draft.redeemed, draft.empty].filter(Boolean).length +
  (draft.gone === "hide" ? 0 : 1);

/**
 * Splits the form into what may appear in the URL and what must not. A phone typed as a nickname is still a phone; a
 * code copied from the table contains its mask.
 */
export function splitDraft(draft: FilterDraft): { shown: FilterChange; privateFilter: PrivateFilter } {
  const misplaced = normalizePhone(draft.name);
  const phone = draft.phone.trim() || (misplaced ?? "");
  const code = draft.code.replace(/[•*\s]/g, "");
  return {
    shown: {
      name: misplaced ? "" : draft.name.trim(),
      id: draft.id.trim(),
      types: draft.types,
      min: parseInteger(draft.min),
      max: parseInteger(draft.max),
      from: draft.from,
      to: draft.to,
      redeemed: draft.redeemed || null,
      empty: draft.empty || null,
      gone: draft.gone,
    },
    privateFilter: { ...(/\d/.test(phone.normalize("NFKC")) && { phone }), ...(code && { code }) },
  };
}
