import { useTranslations } from "next-intl";
import { useState } from "react";
import { isDay } from "@/lib/format/dates";
import { DayInput } from "./day-input";
import { Field } from "./field";

type Props = {
  label: string;
  /** "YYYY-MM-DD", what is being typed, or null for no bound. */
  value: string | null;
  onChange: (day: string | null) => void;
};

/** Whether a text in a day field is none: such a filter would be left out in silence. */
export const isBadDay = (text: string | null): boolean => text !== null && text.trim() !== "" && !isDay(text);

/** A calendar day as one end of a filter. What is no day is said when the field is left, not while it is typed. */
export function DayField({ label, value, onChange }: Props) {
  const t = useTranslations("ui.day");
  const [typing, setTyping] = useState(false);
  return (
    <Field label={label} error={!typing && isBadDay(value) && t("bad")}>
      {(control) => (
        <DayInput
          {...control}
          name={label}
          value={value ?? ""}
          onDay={(text) => {
            setTyping(true);
            onChange(text || null);
          }}
          onBlur={() => setTyping(false)}
          onKeyDown={({ key }) => key === "Enter" && setTyping(false)}
        />
      )}
    </Field>
  );
}
