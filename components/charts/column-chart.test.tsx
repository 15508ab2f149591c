import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ColumnChart } from "./column-chart";

const html = renderToStaticMarkup(
  <ColumnChart
    title="Daily usage"
    columns={[
      { name: "2026-11-27", value: 0, exact: "0.000000" },
      { name: "2026-11-28", value: 1.050682, exact: "1.050682" },
    ]}
    ticks={[0, 0.5, 1, 1.5]}
    formatTick={(tick) => tick.toFixed(1)}
    ends={["11-27", "11-28"]}
    heads={["Day", "Cost"]}
  />,
);

/** What a screen reader is given: without what is drawn for the eye. */
const heard = html.slice(html.indexOf("<table"));

test("the axis has its ticks and says what it measures, for the eye", () => {
  for (const label of ["0.0", "0.5", "1.0", "1.5"]) expect(html).toContain(`>${label}</span>`);
  expect(html).toContain('<p aria-hidden="true" class="col-span-2 mb-2">Cost</p>');
});

test("a column is as high as its value on the axis, and nothing is no column", () => {
  expect(html).toContain("height:max(2px, 70.04");
  expect(html).toContain("height:0");
});

test("a screen reader hears every exact amount once, and no tick", () => {
  expect(heard).toContain("<caption>Daily usage</caption>");
  expect(heard).toContain("<td>1.050682</td>");
  const seen = html.slice(0, html.indexOf("<table"));
  for (const [element] of seen.matchAll(/<span(?![^>]*aria-hidden)[^>]*>[^<]+<\/span>/g))
    expect(["11-27", "11-28"].some((end) => element.includes(end))).toBe(true);
});
