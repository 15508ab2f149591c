import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/feedback/use-error-text";
import { ChoiceField } from "@/components/ui/form/choice-field";
import { DayInput } from "@/components/ui/form/day-input";
import { DayPresets } from "@/components/ui/form/day-presets";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import { GONE_CHOICES } from "@/lib/cards/types";
import { readTag } from "@/lib/format/tags";
import { TagSuggestions } from "../tag-suggestions";
import type { FilterFields } from "./filter-draft";
import { TextFilter } from "./text-filter";

const KNOWN_TAGS = "known-tags";
const YES_NO = ["yes", "no"] as const;
const choiceIn = <Choice extends string>(choices: readonly Choice[], text: string) =>
  choices.find((choice) => choice === text) ?? null;

/** The fields behind 展开. */
export function MoreFilters(fields: FilterFields) {
  const t = useTranslations("cards.filter");
  const { draft, onChange } = fields;
  return (
    <>
      <BalanceField {...fields} />
      <ChoiceField
        label={t("redeemed")}
        any={t("any")}
        options={YES_NO}
        name={(choice) => t(choice)}
        value={choiceIn(YES_NO, draft.redeemed)}
        onChange={(choice) => onChange({ redeemed: choice ?? "" })}
      />
      <ChoiceField
        label={t("empty")}
        any={t("any")}
        options={YES_NO}
        name={(choice) => t(choice === "yes" ? "isEmpty" : "notEmpty")}
        value={choiceIn(YES_NO, draft.empty)}
        onChange={(choice) => onChange({ empty: choice ?? "" })}
      />
      <ChoiceField
        label={t("gone")}
        any={t("hide")}
        options={GONE_CHOICES}
        name={(choice) => t(choice)}
        value={choiceIn(GONE_CHOICES, draft.gone)}
        onChange={(choice) => onChange({ gone: choice ?? "" })}
      />
      <TextFilter {...fields} errors={{ ...fields.errors, ...tagErrors(draft.tag) }} name="tag" list={KNOWN_TAGS} />
      <TagSuggestions id={KNOWN_TAGS} />
      <TextFilter {...fields} name="id" mono spellCheck={false} />
      <TextFilter {...fields} name="user" mono spellCheck={false} />
      <CreatedField {...fields} />
      <SinceField {...fields} name="goneSince" />
      <SinceField {...fields} name="emptiedSince" />
    </>
  );
}

/** A filter by tag stands in the address: a phone or a code that was typed here must not. */
function tagErrors(typed: string): FilterFields["errors"] {
  const read = readTag(typed);
  return "error" in read && read.error === "tag_private" ? { tag: "tag_private" } : {};
}

function SinceField({ draft, errors, onChange, name }: FilterFields & { name: "goneSince" | "emptiedSince" }) {
  const t = useTranslations("cards.filter");
  const day = useTranslations("ui.day");
  const error = errors[name];
  return (
    <Field label={t(name)} error={error && day("bad")}>
      {(control) => (
        <DayInput
          {...control}
          name={t(name)}
          title={t("sinceHint")}
          value={draft[name]}
          onDay={(text) => onChange({ [name]: text })}
        />
      )}
    </Field>
  );
}

function BalanceField({ draft, errors, onChange }: FilterFields) {
  const { field } = useErrorText();
  const error = errors.balanceMin ?? errors.balanceMax;
  const t = useTranslations("cards.filter");
  return (
    <Field label={t("balance")} error={error && field(error)}>
      {(control) => (
        <div className="flex items-center gap-1" title={t("balanceHint")}>
          <NumberInput
            {...control}
            className="min-w-0"
            aria-label={t("balanceMin")}
            placeholder={t("balanceMinPlaceholder")}
            value={draft.balanceMin}
            onChange={(event) => onChange({ balanceMin: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <NumberInput
            className="min-w-0"
            aria-label={t("balanceMax")}
            placeholder={t("balanceMaxPlaceholder")}
            value={draft.balanceMax}
            onChange={(event) => onChange({ balanceMax: event.target.value })}
          />
        </div>
      )}
    </Field>
  );
}

function CreatedField({ draft, errors, onChange }: FilterFields) {
  const t = useTranslations("cards.filter");
  const day = useTranslations("ui.day");
  const error = errors.createdFrom ?? errors.createdTo;
  return (
    <Field label={t("created")} error={error && day("bad")} className="col-span-2">
      {(control) => (
        <>
          <div className="flex items-center gap-1">
            <DayInput
              {...control}
              name={t("createdFrom")}
              aria-label={t("createdFrom")}
              value={draft.createdFrom}
              onDay={(text) => onChange({ createdFrom: text })}
            />
            <span aria-hidden="true">–</span>
            <DayInput
              name={t("createdTo")}
              aria-label={t("createdTo")}
              value={draft.createdTo}
              onDay={(text) => onChange({ createdTo: text })}
            />
          </div>
          <DayPresets
            from={draft.createdFrom}
            to={draft.createdTo}
            onChange={({ from, to }) => onChange({ createdFrom: from, createdTo: to })}
            className="mt-1"
          />
        </>
      )}
    </Field>
  );
}
