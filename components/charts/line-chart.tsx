import { scaleLinear } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import { ChartTable } from "./chart-table";
import { valueDomain } from "./value-domain";

type LinePoint = {
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
  /** Headers of the table for screen readers: time, value. */
  heads: readonly [string, string];
  /** Start the scale at 0 (default) or around the data. */
  fromZero?: boolean;
  /** The least difference the scale shows: so small that its ticks still have labels of their own. */
  leastSpan?: number;
  /** Hold each value until the next reading, for balances that jump. */
  step?: boolean;
  /** px. */
  height?: number;
};

const width = 1000;
const edge = 6;

/**
 * A value over time as SVG. The curve stretches to the available width; labels and dot are HTML on top, so that they
 * keep their size on a phone.
 */
export function LineChart(props: Props) {
  const {
    title,
    points,
    formatValue,
    formatAt,
    heads,
    fromZero = true,
    leastSpan = 1,
    step = false,
    height = 160,
  } = props;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const domain = valueDomain(
    points.map((point) => point.value),
    { fromZero, leastSpan },
  );
  const x = scaleLinear([first.at, Math.max(last.at, first.at + 1)], [0, width]);
  const y = scaleLinear(domain, [height - edge, edge]).nice(4);
  const ticks = y.ticks(4).map((tick) => ({ top: y(tick), label: formatValue(tick) }));
  const longest = ticks.reduce((most, { label }) => (label.length > most.length ? label : most), "");
  const drawn = step ? withSteps(points) : points;
  const left = (point: LinePoint) => x(point.at);
  const top = (point: LinePoint) => y(point.value);
  const stroke = line<LinePoint>(left, top);
  const fill = area<LinePoint>(left, height - edge, top);
  if (!step) {
    stroke.curve(curveMonotoneX);
    fill.curve(curveMonotoneX);
  }
  return (
    <figure className="m-0 grid grid-cols-[auto_1fr] gap-x-2 text-faint text-xs">
      <div aria-hidden="true" className="relative text-end">
        <span className="invisible">{longest}</span>
        {ticks.map(({ top: at, label }) => (
          <span key={label} className="-translate-y-1/2 absolute end-0" style={{ top: at }}>
            {label}
          </span>
        ))}
      </div>
      <div className="relative text-accent" style={{ height }}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={title}
          className="absolute inset-0 size-full [&_*]:[vector-effect:non-scaling-stroke]"
        >
          {ticks.map(({ top: at, label }) => (
            <line key={label} x1={0} x2={width} y1={at} y2={at} className="stroke-line" />
          ))}
          <path d={fill(drawn) ?? ""} fill="currentColor" opacity={0.1} />
          <path d={stroke(drawn) ?? ""} fill="none" stroke="currentColor" strokeWidth={1.75} strokeLinejoin="round" />
        </svg>
        <span
          className="-end-[3px] -translate-y-1/2 absolute size-1.5 rounded-full bg-accent"
          style={{ top: y(last.value) }}
        />
      </div>
      <div aria-hidden="true" className="col-start-2 mt-1 flex justify-between">
        <span>{formatAt(first.at)}</span>
        <span>{formatAt(last.at)}</span>
      </div>
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
