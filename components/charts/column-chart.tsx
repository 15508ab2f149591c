import { ChartTable } from "./chart-table";

type Column = {
  /** In full, for the tooltip and screen readers: the day. */
  name: string;
  value: number;
  /** The value as text, exact. */
  exact: string;
};

type Props = {
  /** What is drawn: the accessible name. */
  title: string;
  columns: readonly Column[];
  /** From 0 to the top of the chart. */
  ticks: readonly number[];
  formatTick: (tick: number) => string;
  /** Under the first and the last column. */
  ends: readonly [string, string];
  /** Headers of the table for screen readers; the second is what the axis measures. */
  heads: readonly [string, string];
};

/** Amounts of equal periods as columns on an axis from 0. The exact numbers are text, for screen readers. */
export function ColumnChart({ title, columns, ticks, formatTick, ends, heads }: Props) {
  const top = ticks.at(-1) ?? 1;
  const share = (value: number) => `${(100 * value) / top}%`;
  return (
    <figure className="m-0 grid grid-cols-[auto_1fr] gap-x-2 text-faint text-xs">
      <p aria-hidden="true" className="col-span-2 mb-2">
        {heads[1]}
      </p>
      <div className="relative text-end">
        <span aria-hidden="true" className="invisible">
          {formatTick(top)}
        </span>
        {ticks.map((tick) => (
          <span
            key={tick}
            aria-hidden="true"
            className="absolute end-0 translate-y-1/2"
            style={{ bottom: share(tick) }}
          >
            {formatTick(tick)}
          </span>
        ))}
      </div>
      <div aria-hidden="true" className="relative h-36">
        {ticks.map((tick) => (
          <span
            key={tick}
            className="absolute inset-x-0 translate-y-1/2 border-line border-t"
            style={{ bottom: share(tick) }}
          />
        ))}
        <div className="absolute inset-0 flex items-end gap-px sm:gap-0.5">
          {columns.map(({ name, value, exact }) => (
            <div key={name} title={`${name} · ${exact}`} className="flex h-full flex-1 items-end hover:bg-hover">
              <span
                className="w-full rounded-t-sm bg-accent"
                style={{ height: value > 0 ? `max(2px, ${share(value)})` : 0 }}
              />
            </div>
          ))}
        </div>
      </div>
      <p aria-hidden="true" className="col-start-2 mt-2 flex justify-between">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
      <ChartTable caption={title} head={heads} rows={columns.map(({ name, exact }) => [name, exact])} />
    </figure>
  );
}
