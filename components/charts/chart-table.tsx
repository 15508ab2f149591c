type Props = { caption: string; head: readonly [string, string]; rows: readonly (readonly [string, string])[] };

/** The chart's numbers for screen readers. In a wrapper, because a table can't be clipped itself. */
export function ChartTable({ caption, head, rows }: Props) {
  return (
    <div className="sr-only">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head[0]}</th>
            <th scope="col">{head[1]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have the same name, and rows never move
            <tr key={index}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
