import { useTranslations } from "next-intl";
import { useState } from "react";
import { FilterForm } from "@/components/filter-form";
import { DayField } from "@/components/ui/form/day-field";
import { Field } from "@/components/ui/form/field";
import { LimitedField } from "@/components/ui/form/limited-field";
import { Select } from "@/components/ui/form/select";
import { OUTCOMES } from "@/lib/audit/types";
import { type AuditParams, auditParams } from "../search-params";
import { useActionLabels } from "./use-action-labels";

type Filters = Pick<AuditParams, "actor" | "action" | "target" | "outcome" | "from" | "to">;
type Props = { params: AuditParams; pending: boolean; onChange: (filters: Filters) => void };

const none: Filters = { actor: "", action: "", target: "", outcome: null, from: null, to: null };

export function AuditFilters({ params, pending, onChange }: Props) {
  const t = useTranslations("audit");
  const { groups } = useActionLabels();
  const { actor, action, target, outcome, from, to } = params;
  const [draft, setDraft] = useState<Filters>({ actor, action, target, outcome, from, to });
  const edit = (changes: Partial<Filters>) => setDraft({ ...draft, ...changes });

  return (
    <FilterForm
      label={t("filters")}
      pending={pending}
      onSubmit={() => onChange({ ...draft, target: auditParams.target.parse(draft.target) ?? "" })}
      onReset={() => {
        setDraft(none);
        onChange(none);
      }}
      moreActive={[target, from, to].filter(Boolean).length}
      more={
        <>
          <LimitedField
            label={t("filter.target")}
            hint={t("filter.targetHint")}
            max={128}
            value={draft.target}
            onChange={(target) => edit({ target })}
          />
          <DayField label={t("filter.from")} value={draft.from} onChange={(day) => edit({ from: day })} />
          <DayField label={t("filter.to")} value={draft.to} onChange={(day) => edit({ to: day })} />
        </>
      }
    >
      <LimitedField label={t("filter.actor")} max={64} value={draft.actor} onChange={(actor) => edit({ actor })} />
      <Field label={t("filter.action")}>
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={draft.action}
            onChange={(e) => edit({ action: e.target.value })}
          >
            <option value="">{t("any")}</option>
            {groups.map((group) => (
              <optgroup key={group.value} label={group.label}>
                <option value={group.value}>{t("filter.all", { group: group.label })}</option>
                {group.actions.map((each) => (
                  <option key={each.value} value={each.value}>
                    {each.label}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("filter.outcome")}>
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={draft.outcome ?? ""}
            onChange={(e) => edit({ outcome: auditParams.outcome.parse(e.target.value) })}
          >
            <option value="">{t("any")}</option>
            {OUTCOMES.map((each) => (
              <option key={each} value={each}>
                {t(`outcome.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FilterForm>
  );
}
