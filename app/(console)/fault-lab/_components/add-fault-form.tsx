import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { NumberInput } from "@/components/ui/form/number-input";
import { Select } from "@/components/ui/form/select";
import { LAB_CALLS, LAB_EFFECTS, LAB_UPSTREAMS, type LabFault } from "@/lib/fault-lab/types";
import { parseInteger } from "@/lib/format/numbers";
import { addFaultAction } from "../actions";
import { useLabAction } from "./use-fault-lab";
import { useFaultLabels } from "./use-fault-labels";

const EMPTY_RULE = { fault: "hang", upstream: "", call: "", effect: "before", late: "20", count: "" };

/** Add any fault of the catalogue, on any call, with any effect it allows. */
export function AddFaultForm({ faults }: { faults: readonly LabFault[] }) {
  const t = useTranslations("lab");
  const labels = useFaultLabels();
  const { run, pending, error } = useLabAction(addFaultAction);
  const [rule, setRule] = useState(EMPTY_RULE);
  const edit = (change: Partial<typeof EMPTY_RULE>) => setRule({ ...rule, ...change });
  const { effects, effect, calls, upstream, input } = readRule(rule, faults);
  const any = { value: "", label: t("add.any") };
  const upstreams = LAB_UPSTREAMS.map((name) => ({ value: name, label: labels.upstream(name) }));
  return (
    <Panel title={t("add.title")}>
      <Form
        noValidate
        className="grid gap-3"
        onSubmit={() => {
          if (!pending) void run(input);
        }}
      >
        <OptionField
          label={t("add.fault")}
          value={rule.fault}
          options={faults.map(({ name }) => ({ value: name, label: labels.fault(name) }))}
          onChange={(fault) => edit({ fault })}
        />
        <div className="grid gap-3 sm:grid-cols-3">
          <OptionField
            label={t("add.upstream")}
            value={upstream}
            options={rule.fault === "refuse" ? upstreams : [any, ...upstreams]}
            onChange={(name) => edit({ upstream: name })}
          />
          <OptionField
            label={t("add.call")}
            value={rule.call}
            options={[any, ...calls.map((call) => ({ value: call, label: labels.call(call) }))]}
            onChange={(call) => edit({ call })}
          />
          <OptionField
            label={t("add.effect")}
            value={effect ?? "never"}
            options={effects.map((each) => ({ value: each, label: t(`effect.${each}`) }))}
            onChange={(each) => edit({ effect: each })}
          />
        </div>
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label={t("add.count")} hint={t("add.countHint")}>
            {(control) => (
              <NumberInput {...control} value={rule.count} onChange={(event) => edit({ count: event.target.value })} />
            )}
          </Field>
          {effect === "late" && (
            <Field label={t("add.lateMs")}>
              {(control) => (
                <NumberInput {...control} value={rule.late} onChange={(event) => edit({ late: event.target.value })} />
              )}
            </Field>
          )}
        </div>
        {error && <ErrorNotice error={error} />}
        <div>
          <Button type="submit" icon="plus" pending={pending}>
            {t("add.verb")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

/** The choices the fault allows, and the form as the action's input. */
function readRule(rule: typeof EMPTY_RULE, faults: readonly LabFault[]) {
  const chosen = faults.find((each) => each.name === rule.fault);
  const effects = LAB_EFFECTS.filter((effect) => chosen?.effects.includes(effect) ?? true);
  const effect = effects.find((each) => each === rule.effect) ?? effects[0];
  const calls = LAB_CALLS.filter((call) => chosen?.calls?.includes(call) ?? true);
  const upstream = rule.upstream || (rule.fault === "refuse" ? "espai" : "");
  const late = parseInteger(rule.late);
  const count = rule.count.trim() ? parseInteger(rule.count) : undefined;
  const input = {
    fault: rule.fault,
    effect,
    ...(upstream && { upstream }),
    ...(rule.call && { call: rule.call }),
    ...(effect === "late" && { lateMs: late === null ? null : late * 1000 }),
    ...(count !== undefined && { count }),
  };
  return { effects, effect, calls, upstream, input };
}

type OptionFieldProps = {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
};

function OptionField({ label, value, options, onChange }: OptionFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} className="w-full" value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
