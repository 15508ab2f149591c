import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cellClass } from "./rows/cell-class";

const read = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
const table = read("data-table.css");

/** What the rules of a selector say, without rules nested in them. */
function rulesOf(selector: string): string {
  const start = table.indexOf(`    ${selector} {`);
  expect(start, selector).toBeGreaterThan(-1);
  return table.slice(start, table.indexOf("\n    }\n", start));
}

test("what every cell has is handed on cheaply by the browser: no variable, no transition, no pseudo-element", () => {
  for (const selector of ["& td", "& td.title", "& td.check", "& td.code", "& td.name", "& td.end"]) {
    expect(rulesOf(selector)).not.toMatch(/var\(|border-line|bg-|transition|(?<!max-sm:)(?:before|after):/);
  }
  expect(rulesOf("& td.actions button")).not.toMatch(/::(?:before|after)|^ {6}@apply[^;]*transition/m);
});

test("no rule is matched against every element of the page when one of them changes", () => {
  const globals = read("../../app/globals.css");
  expect(globals).not.toContain("::selection");
  expect(globals).toMatch(/@theme inline \{\s*--spacing: 0\.25rem;/);
});

test("no rule goes on after a place among siblings: all below would be styled anew whenever a place changes", () => {
  const place = String.raw`:(?:first|last|only|nth)[a-z-]*(?:\([^)]*\))?\)*`;
  expect(table).not.toMatch(new RegExp(String.raw`${place}\s*[>+~ ]\s*[&\w.:*[]`));
  // Nor in the short form for what is in an element.
  expect(table).not.toMatch(new RegExp(String.raw`${place}[^{}]*\{[^{}]*\[&[>_]`));
  expect(table).toContain(":is(th, td):first-child");
});

test("a row's line is no picture: fifty of them are a third of what painting a page of rows takes", () => {
  expect(rulesOf("& tbody tr + tr")).toContain("shadow-[inset_0_1px_var(--line)]");
  expect(table).not.toMatch(/& tbody tr[^{]*\{[^}]*gradient/);
});

test("a column that waits for a wider window is hidden by a class that stands in the sheet", () => {
  const widths = [1024, 1280, 1366] as const;
  for (const from of widths) {
    const name = cellClass({ id: "a", header: "a", cell: () => "", narrow: "title", from }) ?? "";
    expect(name).toBe(`from-${from}`);
    expect(rulesOf(`& .${name}`)).toMatch(/hidden|display: none/);
    expect(table, "and the column chooser says so").toContain(`.until-${from} {`);
  }
});
