import { scaleLinear } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import { ChartTable } from "./chart-table";

export type LinePoint = {
  /** Epoch ms. */
  at: number;
  value: number;
};

type Props = {
  /** What is drawn: the accessible name. */
  title: string;
  points: readonly LinePoint[];
  formatValue: (value: number) => string;
  formatAt: (at: number) => string;
  /** Heads of the table for screen readers: time, value. */
  heads: readonly [string, string];
  /** Start the scale at 0 (default) or at the lowest value. */
  fromZero?: boolean;
  /** Hold each value until the next reading, for balances that jump. */
  step?: boolean;
  height?: number;
};

const width = 640;
const margin = { top: 8, end: 8, bottom: 20 };

/** A value over time, as plain SVG drawn on the server. */
export function LineChart(props: Props) {
  const { title, points, formatValue, formatAt, heads, fromZero = true, step = false, height = 180 } = props;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const values = points.map((point) => point.value);
  const low = fromZero ? Math.min(0, ...values) : Math.min(...values);
  const y = scaleLinear([low, Math.max(...values, low + 1)], [height - margin.bottom, margin.top]).nice(4);
  const ticks = y.ticks(4);
  // Room for the longest label: about 7 px a character at 11 px type.
  const start = 12 + 7 * Math.max(...ticks.map((tick) => formatValue(tick).length));
  const x = scaleLinear([first.at, Math.max(last.at, first.at + 1)], [start, width - margin.end]);
  const drawn = step ? withSteps(points) : points;
  const floor = y(y.domain()[0] ?? 0);
  const stroke = line<LinePoint>(
    (point) => x(point.at),
    (point) => y(point.value),
  );
  const fill = area<LinePoint>(
    (point) => x(point.at),
    floor,
    (point) => y(point.value),
  );
  if (!step) {
    stroke.curve(curveMonotoneX);
    fill.curve(curveMonotoneX);
  }
  return (
    <figure className="m-0">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title} className="h-auto w-full text-accent">
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={start} x2={width - margin.end} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={start - 8} y={y(tick)} dy="0.32em" textAnchor="end" fontSize={11} className="fill-faint">
              {formatValue(tick)}
            </text>
          </g>
        ))}
        <path d={fill(drawn) ?? ""} fill="currentColor" opacity={0.1} />
        <path d={stroke(drawn) ?? ""} fill="none" stroke="currentColor" strokeWidth={1.75} strokeLinejoin="round" />
        <circle cx={x(last.at)} cy={y(last.value)} r={3} fill="currentColor" />
        <text x={start} y={height - 4} fontSize={11} className="fill-faint">
          {formatAt(first.at)}
        </text>
        <text x={width - margin.end} y={height - 4} textAnchor="end" fontSize={11} className="fill-faint">
          {formatAt(last.at)}
        </text>
      </svg>
      <ChartTable
        caption={title}
        head={heads}
        rows={points.map((point) => [formatAt(point.at), formatValue(point.value)])}
      />
    </figure>
  );
}

function withSteps(points: readonly LinePoint[]): LinePoint[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before ? [{ at: point.at, value: before.value }, point] : [point];
  });
}
