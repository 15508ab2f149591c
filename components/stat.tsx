import clsx from "clsx";
import type { ReactNode } from "react";

const inks = { neutral: "", warning: "text-warning", danger: "text-danger", unknown: "text-unknown" };

type Props = {
  label: ReactNode;
  /** A `Term` for the label. */
  about?: ReactNode;
  value: ReactNode;
  unit?: ReactNode;
  note?: ReactNode;
  tone?: keyof typeof inks;
};

/** A main number, in large type. */
export function Stat({ label, about, value, unit, note, tone = "neutral" }: Props) {
  return (
    <div className="min-w-0">
      <p className="text-soft text-sm">
        {label}
        {about}
      </p>
      <p className={clsx("font-semibold text-2xl tracking-tight [overflow-wrap:anywhere] max-sm:text-xl", inks[tone])}>
        {value}
        {unit && (
          <span className="ms-1 inline-block whitespace-nowrap font-normal text-base text-faint tracking-normal">
            {unit}
          </span>
        )}
      </p>
      {note && <div className="text-faint text-sm">{note}</div>}
    </div>
  );
}
