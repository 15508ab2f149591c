import clsx from "clsx";

type ProgressSegment = { value: number; tone: "done" | "unknown" | "danger" | "accent"; label: string };

const fills = { done: "bg-done", accent: "bg-accent", danger: "bg-danger", unknown: "hatched-strong" } as const;

type Props = {
  /** What it measures: the accessible name. */
  label: string;
  /** In order; the rest up to `total` stays empty. */
  segments: readonly ProgressSegment[];
  total: number;
  className?: string;
};

/** A progress bar of several segments. Its numbers are also text for screen readers. */
export function Progress({ label, segments, total, className }: Props) {
  const settled = segments.reduce((sum, segment) => sum + segment.value, 0);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={Math.min(settled, total)}
      aria-valuetext={segments.map((segment) => `${segment.label} ${segment.value}`).join(", ")}
      className={clsx("flex h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset", className)}
    >
      {segments.map((segment) => (
        <div
          key={segment.label}
          className={clsx("transition-[width]", fills[segment.tone])}
          style={{ width: `${total > 0 ? (100 * segment.value) / total : 0}%` }}
        />
      ))}
    </div>
  );
}
