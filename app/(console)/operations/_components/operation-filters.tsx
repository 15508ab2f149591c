import { useTranslations } from "next-intl";
import { useState } from "react";
import { PersonField } from "@/app/(console)/_components/person-field";
import { FilterForm } from "@/components/filter-form";
import { Checkbox } from "@/components/ui/form/checkbox";
import { DayField, isBadDay } from "@/components/ui/form/day-field";
import { DayPresets } from "@/components/ui/form/day-presets";
import { LimitedField } from "@/components/ui/form/limited-field";
import { SeveralField } from "@/components/ui/form/several-field";
import { MAX_NOTE, OPERATION_KINDS, OPERATION_STATES } from "@/lib/operations/types";
import { operationParams } from "../search-params";
import type { OperationFilterDraft } from "./use-operation-search";

type Props = {
  filters: OperationFilterDraft;
  none: OperationFilterDraft;
  onChange: (filters: OperationFilterDraft) => void;
};

const listed = OPERATION_STATES.filter((state) => state !== "draft");

export function OperationFilters({ filters, none, onChange }: Props) {
  const t = useTranslations("operations");
  const types = useTranslations("types");
  const [draft, setDraft] = useState(filters);
  const edit = (changes: Partial<OperationFilterDraft>) => setDraft({ ...draft, ...changes });

  const card = operationParams.card.parse(draft.card.trim());
  const badCard = draft.card.trim() !== "" && card === null;

  return (
    <FilterForm
      label={t("filters")}
      onSubmit={() => onChange({ ...draft, card: card ?? "" })}
      onReset={() => {
        setDraft(none);
        onChange(none);
      }}
      moreInvalid={badCard || isBadDay(draft.from) || isBadDay(draft.to)}
      moreActive={[filters.card, filters.from, filters.to, filters.person].filter(Boolean).length}
      more={
        <>
          <LimitedField
            label={t("filter.card")}
            placeholder={t("filter.cardHint")}
            max={32}
            problem={badCard ? t("filter.badCard") : undefined}
            value={draft.card}
            onChange={(card) => edit({ card })}
          />
          <DayField label={t("filter.from")} value={draft.from} onChange={(day) => edit({ from: day })} />
          <DayField label={t("filter.to")} value={draft.to} onChange={(day) => edit({ to: day })} />
          <DayPresets
            from={draft.from}
            to={draft.to}
            onChange={edit}
            className="col-span-2 md:col-span-1 md:self-end"
          />
          <Checkbox checked={draft.person} onChange={(e) => edit({ person: e.target.checked })}>
            {t("filter.needsManualResolution")}
          </Checkbox>
        </>
      }
    >
      <SeveralField
        label={t("filter.kind")}
        any={t("filter.any")}
        options={OPERATION_KINDS}
        name={(kind) => types(`operation.${kind}`)}
        values={draft.kinds}
        onChange={(kinds) => edit({ kinds })}
      />
      <SeveralField
        label={t("filter.state")}
        any={t("filter.any")}
        options={listed}
        name={(state) => types(`operationState.${state}`)}
        values={draft.states}
        onChange={(states) => edit({ states })}
      />
      <PersonField
        label={t("filter.actor")}
        any={t("filter.any")}
        value={draft.actor}
        onChange={(actor) => edit({ actor })}
      />
      <LimitedField
        label={t("filter.text")}
        placeholder={t("filter.textHint")}
        max={MAX_NOTE}
        value={draft.text}
        onChange={(text) => edit({ text })}
      />
    </FilterForm>
  );
}
