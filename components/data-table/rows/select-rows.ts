/**
 * The selection after a click on a row's check box. With `anchor` (shift held) every row between the two takes the new
 * state of the clicked one; ids outside the page stay as they are.
 */
export function selectRows(
  selection: ReadonlySet<string>,
  pageIds: readonly string[],
  id: string,
  anchor: string | null,
  on = !selection.has(id),
): Set<string> {
  const next = new Set(selection);
  const from = anchor === null ? -1 : pageIds.indexOf(anchor);
  const to = pageIds.indexOf(id);
  const range = from < 0 || to < 0 ? [id] : pageIds.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const each of range) on ? next.add(each) : next.delete(each);
  return next;
}

/** How much of the page is selected, for the check box in the header. */
export function pageSelection(selection: ReadonlySet<string>, pageIds: readonly string[]): "none" | "some" | "all" {
  const count = pageIds.filter((id) => selection.has(id)).length;
  if (count === 0) return "none";
  return count === pageIds.length ? "all" : "some";
}

/** The header's check box: select the whole page, or deselect it if it is selected. */
export function togglePage(selection: ReadonlySet<string>, pageIds: readonly string[]): Set<string> {
  const next = new Set(selection);
  const on = pageSelection(selection, pageIds) !== "all";
  for (const id of pageIds) on ? next.add(id) : next.delete(id);
  return next;
}
