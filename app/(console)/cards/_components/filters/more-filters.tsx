import { useTranslations } from "next-intl";
import { ChoiceField } from "@/components/ui/form/choice-field";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { NumberInput } from "@/components/ui/form/number-input";
import { Select } from "@/components/ui/form/select";
import { GONE_CHOICES } from "@/lib/cards/types";
import type { FilterDraft } from "./filter-draft";

const YES_NO = ["yes", "no"] as const;

type Props = { draft: FilterDraft; onChange: (part: Partial<FilterDraft>) => void };

/** The fields behind 展开. */
export function MoreFilters({ draft, onChange }: Props) {
  const t = useTranslations("cards.filter");
  return (
    <>
      <BalanceField draft={draft} onChange={onChange} />
      <ChoiceField
        label={t("redeemed")}
        any={t("any")}
        options={YES_NO}
        name={(choice) => t(choice)}
        value={draft.redeemed || null}
        onChange={(choice) => onChange({ redeemed: choice ?? "" })}
      />
      <ChoiceField
        label={t("empty")}
        any={t("any")}
        options={YES_NO}
        name={(choice) => t(choice === "yes" ? "isEmpty" : "notEmpty")}
        value={draft.empty || null}
        onChange={(choice) => onChange({ empty: choice ?? "" })}
      />
      <GoneField draft={draft} onChange={onChange} />
      <Field label={t("id")}>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            maxLength={32}
            placeholder={t("idPlaceholder")}
            value={draft.id}
            onChange={(event) => onChange({ id: event.target.value })}
          />
        )}
      </Field>
      <CreatedField draft={draft} onChange={onChange} />
    </>
  );
}

function BalanceField({ draft, onChange }: Props) {
  const t = useTranslations("cards.filter");
  return (
    <Field label={t("balance")}>
      {(control) => (
        <div className="flex items-center gap-1" title={t("balanceHint")}>
          <NumberInput
            {...control}
            className="min-w-0"
            aria-label={t("min")}
            placeholder={t("minPlaceholder")}
            value={draft.min}
            onChange={(event) => onChange({ min: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <NumberInput
            className="min-w-0"
            aria-label={t("max")}
            placeholder={t("maxPlaceholder")}
            value={draft.max}
            onChange={(event) => onChange({ max: event.target.value })}
          />
        </div>
      )}
    </Field>
  );
}

function GoneField({ draft, onChange }: Props) {
  const t = useTranslations("cards.filter");
  return (
    <Field label={t("gone")}>
      {(control) => (
        <Select
          {...control}
          className="w-full"
          value={draft.gone}
          onChange={(event) => {
            const gone = GONE_CHOICES.find((choice) => choice === event.target.value);
            if (gone) onChange({ gone });
          }}
        >
          {GONE_CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {t(choice)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function CreatedField({ draft, onChange }: Props) {
  const t = useTranslations("cards.filter");
  return (
    <Field label={t("created")} className="max-md:col-span-2">
      {(control) => (
        <div className="flex items-center gap-1">
          <Input
            {...control}
            type="date"
            aria-label={t("from")}
            value={draft.from}
            onChange={(event) => onChange({ from: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <Input
            type="date"
            aria-label={t("to")}
            value={draft.to}
            onChange={(event) => onChange({ to: event.target.value })}
          />
        </div>
      )}
    </Field>
  );
}
