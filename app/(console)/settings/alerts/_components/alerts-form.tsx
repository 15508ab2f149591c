"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { NumberInput } from "@/components/ui/form/number-input";
import { Select } from "@/components/ui/form/select";
import { parseInteger } from "@/lib/format/numbers";
import { ALERT_RULES, ALERT_SIDE, type AlertRule, type AlertRuleSetting, type Alerts } from "@/lib/settings/schemas";
import { findMessage } from "@/lib/web/i18n/find-message";
import { SettingForm } from "../../_components/setting-form";
import { useSaveSetting } from "../../_components/use-save-setting";

/** What people are told of, from which values on, how often and when not. */
export function AlertsForm({ initial }: { initial: Alerts }) {
  const t = useTranslations("alerts");
  const { field } = useErrorText();
  const zone = useTimeZone();
  const [value, setValue] = useState(initial);
  const [perHour, setPerHour] = useState(String(initial.perHour));
  const { save, pending, error } = useSaveSetting("alerts", initial);
  const wrong = (path: string) => {
    const key = error?.fields?.[`value.${path}`];
    return key && field(key);
  };
  const { quiet, rules } = value;
  const setQuiet = (changes: Partial<Alerts["quiet"]>) => setValue({ ...value, quiet: { ...quiet, ...changes } });
  const setRule = (rule: AlertRule, changes: Partial<AlertRuleSetting>) =>
    setValue({ ...value, rules: { ...rules, [rule]: { ...rules[rule], ...changes } } });

  return (
    <SettingForm
      title={t("form.title")}
      explain={t("form.explain")}
      pending={pending}
      error={error}
      onSave={() =>
        save({ ...value, quiet: plainTimes(quiet), perHour: parseInteger(perHour), rules: plainRules(rules) })
      }
    >
      <div className="grid max-w-2xl gap-3 sm:grid-cols-2">
        <Field label={t("form.language")}>
          {(control) => (
            <Select
              {...control}
              value={value.language}
              onChange={({ target }) => setValue({ ...value, language: target.value === "en" ? "en" : "zh-CN" })}
            >
              <option value="zh-CN" lang="zh-CN">
                简体中文
              </option>
              <option value="en" lang="en">
                English
              </option>
            </Select>
          )}
        </Field>
        <Field label={t("form.perHour")} hint={t("form.perHourHint")} error={wrong("perHour")}>
          {(control) => (
            <NumberInput {...control} value={perHour} onChange={({ target }) => setPerHour(target.value)} />
          )}
        </Field>
      </div>
      <fieldset className="grid gap-2">
        <legend className="sr-only">{t("form.quiet")}</legend>
        <Checkbox checked={quiet.on} onChange={({ target }) => setQuiet({ on: target.checked })}>
          {t("form.quiet")}
        </Checkbox>
        <p className="text-faint text-sm">{t("form.quietHint", { zone: zone ?? "" })}</p>
        {(quiet.on || wrong("quiet.from") || wrong("quiet.to")) && (
          <div className="grid max-w-80 grid-cols-2 gap-3">
            {(["from", "to"] as const).map((end) => (
              <Field key={end} label={t(`form.${end}`)} error={wrong(`quiet.${end}`)}>
                {(control) => (
                  <Input
                    {...control}
                    autoComplete="off"
                    placeholder="HH:mm"
                    value={quiet[end]}
                    onChange={({ target }) => setQuiet({ [end]: target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
        )}
      </fieldset>
      <div className="grid gap-x-8 divide-y divide-line border-line border-y xl:grid-cols-2">
        {ALERT_RULES.map((rule) => (
          <RuleFields
            key={rule}
            rule={rule}
            value={rules[rule]}
            wrong={(name) => wrong(`rules.${rule}.${name}`)}
            onChange={(changes) => setRule(rule, changes)}
          />
        ))}
      </div>
    </SettingForm>
  );
}

type RuleProps = {
  rule: AlertRule;
  value: AlertRuleSetting;
  /** What the server said of a field. */
  wrong: (name: "at" | "rearm") => string | undefined;
  onChange: (changes: Partial<AlertRuleSetting>) => void;
};

function RuleFields({ rule, value, wrong, onChange }: RuleProps) {
  const t = useTranslations("alerts");
  const side = ALERT_SIDE[rule];
  const name = t(`rules.${rule}.name`);
  const unit = findMessage(t, `units.${rule}`);
  const labels = { at: t(`form.at.${side}`), rearm: t(`form.rearm.${side}`) };
  return (
    <fieldset className="grid content-start gap-2 py-3">
      <legend className="sr-only">{name}</legend>
      <Checkbox checked={value.on} onChange={({ target }) => onChange({ on: target.checked })}>
        <span className="font-medium">{unit ? t("form.inUnit", { name, unit }) : name}</span>
      </Checkbox>
      <p className="text-faint text-sm">{t(`rules.${rule}.hint`)}</p>
      {(value.on || wrong("at") || wrong("rearm")) && (
        <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3 sm:items-start">
          {(["at", "rearm"] as const).map((each) => (
            <Field key={each} label={labels[each]} error={wrong(each)}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  autoComplete="off"
                  className="text-end"
                  value={value[each]}
                  onChange={({ target }) => onChange({ [each]: target.value })}
                />
              )}
            </Field>
          ))}
          <div className="max-sm:col-span-2 sm:pt-7">
            <Checkbox checked={value.severe} onChange={({ target }) => onChange({ severe: target.checked })}>
              {t("form.severe")}
            </Checkbox>
          </div>
        </div>
      )}
    </fieldset>
  );
}

/** People type separators and full-width digits. */
const plain = (text: string): string => text.normalize("NFKC").replace(/[\s,]/g, "");

/** 24 hours in every language; "８：30" and "8:30" are 08:30. */
const plainTime = (text: string): string => plain(text).replace(/^(\d):/, "0$1:");

const plainTimes = ({ on, from, to }: Alerts["quiet"]) => ({ on, from: plainTime(from), to: plainTime(to) });

const plainRules = (rules: Alerts["rules"]) =>
  Object.fromEntries(
    Object.entries(rules).map(([rule, value]) => [rule, { ...value, at: plain(value.at), rearm: plain(value.rearm) }]),
  );
