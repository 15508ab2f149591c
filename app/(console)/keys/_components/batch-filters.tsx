import { useTranslations } from "next-intl";
import { useState } from "react";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import { FilterForm } from "@/components/filter-form";
import { ChoiceField } from "@/components/ui/form/choice-field";
import { DayField, isBadDay } from "@/components/ui/form/day-field";
import { DayPresets } from "@/components/ui/form/day-presets";
import { LimitedField } from "@/components/ui/form/limited-field";
import { BATCH_STATES, KEY_TYPES } from "@/lib/keys/types";
import type { BatchParams } from "../search-params";

type Filters = Pick<BatchParams, "types" | "states" | "creator" | "note" | "from" | "to">;
type Props = { params: BatchParams; pending: boolean; onChange: (filters: Filters) => void };

const none: Filters = { types: [], states: [], creator: "", note: "", from: null, to: null };

export function BatchFilters({ params, pending, onChange }: Props) {
  const t = useTranslations("keys");
  const stateNames = useTranslations("types.batchState");
  const typeName = useKeyTypeName();
  const { types, states, creator, note, from, to } = params;
  const [draft, setDraft] = useState<Filters>({ types, states, creator, note, from, to });
  const edit = (changes: Partial<Filters>) => setDraft({ ...draft, ...changes });

  return (
    <FilterForm
      label={t("filters")}
      pending={pending}
      onSubmit={() => onChange(draft)}
      onReset={() => {
        setDraft(none);
        onChange(none);
      }}
      moreActive={[creator, from, to].filter(Boolean).length}
      moreInvalid={isBadDay(draft.from) || isBadDay(draft.to)}
      more={
        <>
          <LimitedField
            label={t("filter.creator")}
            max={64}
            value={draft.creator}
            onChange={(creator) => edit({ creator })}
          />
          <DayField label={t("filter.from")} value={draft.from} onChange={(value) => edit({ from: value })} />
          <DayField label={t("filter.to")} value={draft.to} onChange={(value) => edit({ to: value })} />
          <DayPresets
            from={draft.from}
            to={draft.to}
            onChange={edit}
            className="col-span-2 md:col-span-1 md:self-end"
          />
        </>
      }
    >
      <ChoiceField
        label={t("filter.type")}
        any={t("any")}
        options={KEY_TYPES}
        name={typeName}
        value={draft.types[0] ?? null}
        onChange={(type) => edit({ types: type === null ? [] : [type] })}
      />
      <ChoiceField
        label={t("filter.state")}
        any={t("any")}
        options={BATCH_STATES}
        name={(state) => stateNames(state)}
        value={draft.states[0] ?? null}
        onChange={(state) => edit({ states: state ? [state] : [] })}
      />
      <LimitedField label={t("filter.note")} max={200} value={draft.note} onChange={(note) => edit({ note })} />
    </FilterForm>
  );
}
