import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FilterForm } from "@/components/filter-form";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import type { CardFacets } from "@/lib/cards/types";
import type { CardParams, PrivateFilter } from "../../search-params";
import { countMore, draftOf, EMPTY_DRAFT, type FilterDraft } from "./filter-draft";
import { TypeFilter } from "./type-filter";

const MoreFilters = dynamic(() => import("./more-filters").then((module) => module.MoreFilters));

type Props = {
  params: CardParams;
  privateFilter: PrivateFilter;
  facets: CardFacets | undefined;
  pending: boolean;
  onApply: (draft: FilterDraft) => void;
  onReset: () => void;
};

/** The filters of the card table. They apply when 查询 is pressed; Back and links fill them in. */
export function CardFilters({ params, privateFilter, facets, pending, onApply, onReset }: Props) {
  const cards = useTranslations("cards");
  const t = useTranslations("cards.filter");
  const applied = draftOf(params, privateFilter);
  const stamp = JSON.stringify(applied);
  const [shown, setShown] = useState({ stamp, draft: applied });
  if (shown.stamp !== stamp) setShown({ stamp, draft: applied });
  const { draft } = shown;
  const change = (part: Partial<FilterDraft>) => setShown({ stamp, draft: { ...draft, ...part } });

  return (
    <FilterForm
      label={cards("filters")}
      pending={pending}
      onSubmit={() => onApply(draft)}
      onReset={() => {
        setShown({ stamp, draft: EMPTY_DRAFT });
        onReset();
      }}
      moreActive={countMore(applied)}
      more={<MoreFilters draft={draft} onChange={change} />}
    >
      <Field label={t("phone")}>
        {(control) => (
          <Input
            {...control}
            inputMode="tel"
            autoComplete="off"
            maxLength={32}
            placeholder={t("phonePlaceholder")}
            value={draft.phone}
            onChange={(event) => change({ phone: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("code")}>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={32}
            placeholder={t("codePlaceholder")}
            value={draft.code}
            onChange={(event) => change({ code: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("name")}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={64}
            placeholder={t("namePlaceholder")}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <TypeFilter types={draft.types} facets={facets} onChange={(types) => change({ types })} />
    </FilterForm>
  );
}
