import { useTranslations } from "next-intl";
import { useState } from "react";
import { PersonField } from "@/app/(console)/_components/person-field";
import { FilterForm } from "@/components/filter-form";
import { DayField, isBadDay } from "@/components/ui/form/day-field";
import { DayPresets } from "@/components/ui/form/day-presets";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { LimitedField } from "@/components/ui/form/limited-field";
import { Select } from "@/components/ui/form/select";
import { isAddressText, isCardText, OUTCOMES } from "@/lib/audit/types";
import { auditParams } from "../search-params";
import { useActionLabels } from "./use-action-labels";
import type { AuditFilterDraft } from "./use-audit-search";

type Props = {
  filters: AuditFilterDraft;
  none: AuditFilterDraft;
  pending: boolean;
  onChange: (filters: AuditFilterDraft) => void;
};

export function AuditFilters({ filters, none, pending, onChange }: Props) {
  const t = useTranslations("audit");
  const { groups } = useActionLabels();
  const { target, ip, from, to } = filters;
  const [draft, setDraft] = useState(filters);
  const edit = (changes: Partial<AuditFilterDraft>) => setDraft({ ...draft, ...changes });

  const badAddress = draft.ip.trim() !== "" && !isAddressText(draft.ip);

  return (
    <FilterForm
      label={t("filters")}
      pending={pending}
      onSubmit={() => onChange({ ...draft, target: auditParams.target.parse(draft.target) ?? "" })}
      onReset={() => {
        setDraft(none);
        onChange(none);
      }}
      moreActive={[target, ip, from, to].filter(Boolean).length}
      moreInvalid={badAddress || isBadDay(draft.from) || isBadDay(draft.to)}
      more={
        <>
          <LimitedField
            label={t("filter.target")}
            hint={t("filter.targetHint")}
            max={128}
            value={draft.target}
            onChange={(target) => edit({ target })}
          />
          <Field label={t("filter.ip")} error={badAddress && t("filter.badIp")}>
            {(control) => <Input {...control} value={draft.ip} onChange={(e) => edit({ ip: e.target.value })} />}
          </Field>
          <DayField label={t("filter.from")} value={draft.from} onChange={(day) => edit({ from: day })} />
          <DayField label={t("filter.to")} value={draft.to} onChange={(day) => edit({ to: day })} />
          <DayPresets
            from={draft.from}
            to={draft.to}
            onChange={edit}
            className="col-span-2 md:col-span-1 md:self-end"
          />
        </>
      }
    >
      <Field label={t("filter.card")} error={!isCardText(draft.card) && t("filter.badCard")}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            placeholder={t("filter.cardHint")}
            value={draft.card}
            onChange={(e) => edit({ card: e.target.value })}
          />
        )}
      </Field>
      <PersonField
        label={t("filter.actor")}
        any={t("any")}
        others={{ system: t("actor.system"), anonymous: t("actor.anonymous") }}
        value={draft.actor}
        onChange={(actor) => edit({ actor })}
      />
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
