import Link from "next/link";

type Bar = { label: string; value: number; href?: string; tone?: "accent" | "warning" | "danger" | "unknown" };

const fills = { accent: "bg-accent", warning: "bg-warning", danger: "bg-danger", unknown: "hatched-strong" };

type Props = {
  /** What is compared: the accessible name. */
  title: string;
  bars: readonly Bar[];
  formatValue: (value: number) => string;
};

/** A few named amounts as horizontal bars, because names are long. Each is text too, for screen readers. */
export function BarChart({ title, bars, formatValue }: Props) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <ul aria-label={title} className="grid gap-1.5">
      {bars.map((bar) => (
        <li key={bar.label} className="grid grid-cols-[minmax(4rem,30%)_1fr_auto] items-center gap-3 text-sm">
          <span className="truncate text-soft">
            {bar.href ? (
              <Link href={bar.href} className="hover:text-accent hover:underline">
                {bar.label}
              </Link>
            ) : (
              bar.label
            )}
          </span>
          <span aria-hidden="true" className="h-3 rounded-sm bg-sunken">
            <span
              className={`block h-full rounded-sm ${fills[bar.tone ?? "accent"]}`}
              style={{ width: bar.value > 0 ? `max(2px, ${(100 * bar.value) / most}%)` : 0 }}
            />
          </span>
          <span className="min-w-12 text-end">{formatValue(bar.value)}</span>
        </li>
      ))}
    </ul>
  );
}
