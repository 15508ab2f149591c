import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import { Select } from "@/components/ui/form/select";
import { LAB_CALLS, LAB_EFFECTS, LAB_UPSTREAMS, type LabFault } from "@/lib/fault-lab/types";
import { parseInteger } from "@/lib/format/numbers";
import { addFaultAction } from "../actions";
import { useTurn } from "./use-fault-lab";
import { useFaultLabels } from "./use-fault-labels";

const first = { fault: "hang", upstream: "", call: "", effect: "before", late: "20", count: "" };

/** Any fault of the catalogue, on any call, with any effect it allows. */
export function AddFaultForm({ faults }: { faults: readonly LabFault[] }) {
  const t = useTranslations("lab");
  const labels = useFaultLabels();
  const { turn, pending, error } = useTurn();
  const [rule, setRule] = useState(first);
  const edit = (change: Partial<typeof first>) => setRule({ ...rule, ...change });
  const chosen = faults.find((each) => each.name === rule.fault);
  const effects = LAB_EFFECTS.filter((effect) => chosen?.effects.includes(effect) ?? true);
  const effect = effects.find((each) => each === rule.effect) ?? effects[0];
  const calls = LAB_CALLS.filter((call) => chosen?.calls?.includes(call) ?? true);
  const upstream = rule.upstream || (rule.fault === "refuse" ? "espai" : "");

  const submit = () => {
    const late = parseInteger(rule.late);
    const count = rule.count.trim() ? parseInteger(rule.count) : undefined;
    return turn(() =>
      addFaultAction({
        fault: rule.fault,
        effect,
        ...(upstream && { upstream }),
        ...(rule.call && { call: rule.call }),
        ...(effect === "late" && { lateMs: late === null ? null : late * 1000 }),
        ...(count !== undefined && { count }),
      }),
    );
  };

  const choice = (label: string, name: "fault" | "upstream" | "call" | "effect", value: string, options: ReactNode) => (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          className="w-full"
          value={value}
          onChange={(event) => edit({ [name]: event.target.value })}
        >
          {options}
        </Select>
      )}
    </Field>
  );
  const option = (value: string, label: string) => (
    <option key={value} value={value}>
      {label}
    </option>
  );
  const any = option("", t("add.any"));
  return (
    <Panel title={t("add.title")}>
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void submit();
        }}
      >
        {choice(
          t("add.fault"),
          "fault",
          rule.fault,
          faults.map(({ name }) => option(name, labels.fault(name))),
        )}
        <div className="grid gap-3 sm:grid-cols-3">
          {choice(t("add.upstream"), "upstream", upstream, [
            rule.fault !== "refuse" && any,
            ...LAB_UPSTREAMS.map((name) => option(name, labels.upstream(name))),
          ])}
          {choice(t("add.call"), "call", rule.call, [any, ...calls.map((call) => option(call, labels.call(call)))])}
          {choice(
            t("add.effect"),
            "effect",
            effect ?? "never",
            effects.map((each) => option(each, t(`effect.${each}`))),
          )}
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
      </form>
    </Panel>
  );
}
