import { useTranslations } from "next-intl";
import { useState } from "react";
import { FilterForm } from "@/components/filter-form";
import { Checkbox } from "@/components/ui/form/checkbox";
import { ChoiceField } from "@/components/ui/form/choice-field";
import { DayField } from "@/components/ui/form/day-field";
import { LimitedField } from "@/components/ui/form/limited-field";
import { MAX_NOTE, OPERATION_KINDS, OPERATION_STATES } from "@/lib/operations/types";
import type { OperationParams } from "../search-params";

type Changes = Partial<Pick<OperationParams, "kinds" | "states" | "actor" | "text" | "person" | "from" | "to">>;
type Props = { params: OperationParams; onChange: (changes: Changes) => void };

const listed = OPERATION_STATES.filter((state) => state !== "draft");

export function OperationFilters({ params, onChange }: Props) {
  const t = useTranslations("operations");
  const [draft, setDraft] = useState(params);
  const edit = (changes: Changes) => setDraft({ ...draft, ...changes });
  const empty = { kinds: [], states: [], actor: "", text: "", person: false, from: null, to: null };

  return (
    <FilterForm
      label={t("filters")}
      onSubmit={() => onChange(draft)}
      onReset={() => {
        setDraft({ ...draft, ...empty });
        onChange(empty);
      }}
      moreActive={[params.from, params.to, params.person].filter(Boolean).length}
      more={
        <>
          <DayField label={t("filter.from")} value={draft.from} onChange={(day) => edit({ from: day })} />
          <DayField label={t("filter.to")} value={draft.to} onChange={(day) => edit({ to: day })} />
          <Checkbox checked={draft.person} onChange={(e) => edit({ person: e.target.checked })}>
            {t("filter.needsManualResolution")}
          </Checkbox>
        </>
      }
    >
      <ChoiceField
        label={t("filter.kind")}
        any={t("filter.any")}
        options={OPERATION_KINDS}
        name={(kind) => t(`kind.${kind}`)}
        value={draft.kinds[0] ?? null}
        onChange={(kind) => edit({ kinds: kind ? [kind] : [] })}
      />
      <ChoiceField
        label={t("filter.state")}
        any={t("filter.any")}
        options={listed}
        name={(state) => t(`state.${state}`)}
        value={draft.states[0] ?? null}
        onChange={(state) => edit({ states: state ? [state] : [] })}
      />
      <LimitedField label={t("filter.actor")} max={64} value={draft.actor} onChange={(actor) => edit({ actor })} />
      <LimitedField label={t("filter.text")} max={MAX_NOTE} value={draft.text} onChange={(text) => edit({ text })} />
    </FilterForm>
  );
}
