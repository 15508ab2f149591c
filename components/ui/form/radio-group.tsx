import type { ReactNode } from "react";

type Option<Value extends string> = { value: Value; label: ReactNode; hint?: ReactNode; disabled?: boolean };

type Props<Value extends string> = {
  name: string;
  legend: string;
  /** A `Term` for the legend. */
  about?: ReactNode;
  options: readonly Option<Value>[];
  value?: Value;
  onChange?: (value: Value) => void;
  /** Side by side instead of one below the other. */
  inline?: boolean;
};

export function RadioGroup<Value extends string>(props: Props<Value>) {
  const { name, legend, about, options, value, onChange, inline = false } = props;
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm text-soft">
        {legend}
        {about}
      </legend>
      <div className={inline ? "flex flex-wrap gap-x-5 gap-y-1" : "grid gap-1"}>
        {options.map((option) => (
          <label key={option.value} className="inline-flex min-h-7 items-start gap-2 py-0.5">
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              className="mt-[3px] size-4 shrink-0 accent-accent"
              {...(value !== undefined && { checked: value === option.value })}
              {...(onChange && { onChange: () => onChange(option.value) })}
            />
            <span>
              {option.label}
              {option.hint && <span className="block text-faint text-sm">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
