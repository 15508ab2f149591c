import { useTranslations } from "next-intl";
import { type ComponentProps, useRef } from "react";
import { IconButton } from "@/components/ui/button/icon-button";
import { isDay } from "@/lib/format/dates";
import { readDay } from "@/lib/format/read-day";
import { Input } from "./input";

type Props = Omit<ComponentProps<typeof Input>, "type" | "value" | "onChange"> & {
  /** What its picker is called. */
  name: string;
  /** "YYYY-MM-DD", or what is being typed. */
  value: string;
  onDay: (text: string) => void;
};

/**
 * A calendar day that reads YYYY-MM-DD in every language, typed or picked. The browser's own date field writes its days as the
 * browser's language does, so it stands behind this one and only lends its picker.
 */
export function DayInput({ name, value, onDay, onBlur, onKeyDown, className, ...rest }: Props) {
  const t = useTranslations("ui.day");
  const native = useRef<HTMLInputElement>(null);
  const settle = () => {
    const day = readDay(value);
    if (day !== null && day !== value) onDay(day);
  };
  return (
    <span className="relative block min-w-0 flex-1">
      <Input
        {...rest}
        inputMode="numeric"
        autoComplete="off"
        placeholder={t("form")}
        className="pe-8"
        value={value}
        onChange={({ target }) => onDay(isWhole(target.value) ? (readDay(target.value) ?? target.value) : target.value)}
        onBlur={(event) => {
          settle();
          onBlur?.(event);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") settle();
          onKeyDown?.(event);
        }}
      />
      <input
        ref={native}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        title={t("pick", { name })}
        className="pointer-events-none absolute end-0 bottom-0 size-0 opacity-0"
        value={isDay(value) ? value : ""}
        onChange={({ target }) => onDay(target.value)}
      />
      <IconButton
        icon="calendar"
        size="sm"
        label={t("pick", { name })}
        // A tooltip would lie over what is said below the field.
        untipped
        className="absolute end-0.5 top-0.5"
        onClick={() => {
          // Refused where a page may not open it; then the day is typed.
          try {
            native.current?.showPicker();
          } catch {}
        }}
      />
    </span>
  );
}

/** Two digits of a month and of a day are there: nothing more is coming. */
const isWhole = (text: string): boolean => /^\s*\d{4}\D?\d{2}\D?\d{2}\s*$/.test(text.normalize("NFKC"));
