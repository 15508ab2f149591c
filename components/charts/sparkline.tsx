import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

type Props = { title: string; values: readonly number[]; width?: number; height?: number };

/** The shape of the last while, without numbers; they stand next to it. */
export function Sparkline({ title, values, width = 96, height = 24 }: Props) {
  const last = values.at(-1);
  if (last === undefined || values.length < 2) return null;
  const low = Math.min(...values);
  const x = scaleLinear([0, values.length - 1], [2, width - 4]);
  const y = scaleLinear([low, Math.max(...values, low + 1)], [height - 3, 3]);
  const path = line<number>(
    (_, index) => x(index),
    (value) => y(value),
  )([...values]);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={title}
      className="text-accent"
    >
      <path d={path ?? ""} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" />
      <circle cx={x(values.length - 1)} cy={y(last)} r={2} fill="currentColor" />
    </svg>
  );
}
