import { Field } from "./field";
import { Select } from "./select";

type Props<Value extends string | number> = {
  label: string;
  /** Label of the empty choice: "全部". */
  any: string;
  options: readonly Value[];
  name: (value: Value) => string;
  value: Value | null;
  onChange: (value: Value | null) => void;
  className?: string | undefined;
};

/** A filter's select: one of a short list, or any. */
export function ChoiceField<Value extends string | number>(props: Props<Value>) {
  const { label, any, options, name, value, onChange, className } = props;
  return (
    <Field label={label} {...(className && { className })}>
      {(control) => (
        <Select
          {...control}
          className="w-full"
          value={value ?? ""}
          onChange={({ target }) => onChange(options.find((option) => String(option) === target.value) ?? null)}
        >
          <option value="">{any}</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {name(option)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
