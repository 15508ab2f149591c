import "server-only";
import { noteRefusal } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { countSearches } from "@/lib/limits";
import type { CardFilter } from "../filter/card-filters";
import { isMaskedSort, type MaskedTerm, maskedErrors, readMaskedCode, readMaskedPhone } from "../filter/masked-search";
import type { CardSort } from "../types";
import type { Search } from "./card-conditions";
import { isMaskedFor } from "./is-masked-for";

type Asked = {
  filter: CardFilter;
  sort?: CardSort;
  /** Where they stand in the input, for the names of the fields. */
  at?: string;
};

/**
 * What a user may search for. Where phones and codes are masked a filter by a part of them, or an order by them, would tell
 * the hidden rest step by step: AppError "bad_input" says in its field what to type instead, and it is audited. Whole ones
 * and last 4s are counted: AppError "too_many" above the limit of the hour.
 */
export async function allowSearch(ctx: Ctx, { filter, sort, at = "" }: Asked): Promise<Search> {
  if (!isMaskedFor(ctx.actor)) return { filter, masked: false };
  const refused = Object.entries(maskedErrors(filter)).map(([name, key]) => [`${at}filter.${name}`, key]);
  if (sort && isMaskedSort(sort.id)) refused.push([`${at}sort`, "sort_masked"]);
  const [first] = refused;
  if (first) {
    const fields = Object.fromEntries(refused);
    const detail = { needed: "operator", had: ctx.actor.role, fields: Object.keys(fields) };
    await noteRefusal({
      ctx,
      entry: { action: "access.refused", targetKind: "endpoint", targetId: "cards.search", outcome: "refused", detail },
    });
    throw new AppError("bad_input", first[1], { fields });
  }
  await countSearches(ctx, termsOf(filter));
  return { filter, masked: true };
}

function termsOf({ phone, code }: CardFilter): string[] {
  return [
    ...termOf("phone", phone === undefined ? null : readMaskedPhone(phone)),
    ...termOf("code", code === undefined ? null : readMaskedCode(code)),
  ];
}

/** How a search by it is counted: the same one again is no other one. */
export const termOf = (kind: "phone" | "code", term: MaskedTerm | null): string[] =>
  term ? [`${kind}:${("whole" in term ? term.whole : term.end).toLowerCase()}`] : [];
