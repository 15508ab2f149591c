import { useFormatter } from "next-intl";
import { useState } from "react";
import { ChoiceField } from "./choice-field";

type Props<Value extends string> = {
  label: string;
  /** Label of the empty choice: "全部". */
  any: string;
  options: readonly Value[];
  name: (value: Value) => string;
  values: Value[];
  onChange: (values: Value[]) => void;
};

/**
 * A filter's select: one of a short list, or any. Several at once, as a link can ask for, are one choice more under all their
 * names: the field never says less than what is filtered by.
 */
export function SeveralField<Value extends string>({ label, any, options, name, values, onChange }: Props<Value>) {
  const format = useFormatter();
  // Still offered after another was chosen.
  const [asked, setAsked] = useState<Value[]>([]);
  if (values.length > 1 && String(values) !== String(asked)) setAsked(values);
  const offered = [...options.map((option): Value[] => [option]), ...(asked.length > 1 ? [asked] : [])];
  return (
    <ChoiceField
      label={label}
      className={values.length > 1 ? "max-md:col-span-2" : undefined}
      any={any}
      options={offered.map(String)}
      name={(option) =>
        format.list(
          option.split(",").map((each) => nameOf(each)),
          { type: "disjunction" },
        )
      }
      value={values.length > 0 ? String(values) : null}
      onChange={(option) => onChange(offered.find((each) => String(each) === option) ?? [])}
    />
  );

  function nameOf(text: string): string {
    const value = options.find((option) => option === text);
    return value === undefined ? text : name(value);
  }
}
