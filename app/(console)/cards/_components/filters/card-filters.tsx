import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { memo, type ReactNode, useState } from "react";
import { FilterForm } from "@/components/filter-form";
import { loadWhenOnline } from "@/components/load-when-online";
import { type CardFacets, type CardFilter, type FilterErrors, writeFilters } from "@/lib/cards/types";
import { countMore, EMPTY_DRAFT, type FilterDraft, type FilterFields, readDraft } from "./filter-draft";
import { TextFilter } from "./text-filter";
import { TypeFilter } from "./type-filter";

const MoreFilters = dynamic(() => loadWhenOnline(() => import("./more-filters").then((module) => module.MoreFilters)));
const NO_ERRORS: FilterErrors = {};

type Props = {
  filter: CardFilter;
  facets: CardFacets | undefined;
  /** Phones and codes are masked for this user. */
  masked: boolean;
  aboutCode?: ReactNode;
  pending: boolean;
  onApply: (filter: CardFilter) => void;
  onReset: () => void;
};

/** The filters of the card table. They apply when 查询 is pressed; Back and links fill them in. The next page does not draw them anew. */
export const CardFilters = memo(function CardFilters(props: Props) {
  const { filter, facets, masked, aboutCode, pending, onApply, onReset } = props;
  const t = useTranslations("cards");
  const applied = writeFilters(filter);
  const stamp = JSON.stringify(applied);
  const [shown, setShown] = useState({ stamp, draft: applied, errors: NO_ERRORS });
  if (shown.stamp !== stamp) setShown({ stamp, draft: applied, errors: NO_ERRORS });
  const { draft, errors } = shown;
  const show = (next: FilterDraft, found = NO_ERRORS) => setShown({ stamp, draft: next, errors: found });
  const fields: FilterFields = { draft, errors, onChange: (part) => show({ ...draft, ...part }) };

  return (
    <FilterForm
      label={t("filters")}
      pending={pending}
      onSubmit={() => {
        const read = readDraft(draft, { masked });
        show(draft, read.errors);
        if (Object.keys(read.errors).length === 0) onApply(read.filter);
      }}
      onReset={() => {
        show(EMPTY_DRAFT);
        onReset();
      }}
      moreActive={countMore(applied)}
      moreInvalid={countMore(errors) > 0}
      more={<MoreFilters {...fields} />}
    >
      <TextFilter {...fields} name="phone" inputMode="tel" />
      <TextFilter
        {...fields}
        name="code"
        about={aboutCode}
        mono
        autoCapitalize="off"
        spellCheck={false}
        {...(masked && { placeholder: t("filter.codeMaskedPlaceholder") })}
      />
      <TextFilter {...fields} name="name" />
      <TypeFilter {...fields} facets={facets} />
    </FilterForm>
  );
});
