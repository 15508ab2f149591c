import { Field } from "./field";
import { Input } from "./input";

type Props = {
  label: string;
  /** "YYYY-MM-DD", or null for no bound. */
  value: string | null;
  onChange: (day: string | null) => void;
};

/** A calendar day as one end of a filter. */
export function DayField({ label, value, onChange }: Props) {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="date"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </Field>
  );
}
