import clsx from "clsx";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { DeniedState } from "@/components/feedback/denied-state";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorState } from "@/components/feedback/error-state";
import { Pagination } from "./pagination";
import { pageSelection, selectRows, togglePage } from "./select-rows";
import { SelectionBar } from "./selection-bar";
import { TableHead } from "./table-head";
import { TableRow } from "./table-row";
import { TableSkeleton } from "./table-skeleton";
import { TableToolbar } from "./table-toolbar";
import type { Column, Paging, Sort, TableState } from "./types";
import { useOverflow } from "./use-overflow";
import { useRowKeys } from "./use-row-keys";
import { useTablePreferences } from "./use-table-preferences";

export type DataTableProps<Row> = {
  /** Names the table's kept preferences. */
  id: string;
  /** What it lists; read to screen readers, not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Names a row for its check box; never a phone or a code. Default: its key. */
  rowLabel?: (row: Row) => string;
  state?: TableState;
  onRetry?: () => void;
  /** In place of the rows when there are none. */
  empty?: ReactNode;
  sort?: Sort | null;
  onSort?: (sort: Sort | null) => void;
  /** Ids, also of rows on other pages. */
  selection?: ReadonlySet<string>;
  onSelectionChange?: (selection: ReadonlySet<string>) => void;
  /** "选择全部 312 张": the caller fetches the ids of all that match. */
  onSelectAll?: () => void;
  /** Buttons in the selection bar. */
  selectionActions?: ReactNode;
  onOpenRow?: (row: Row) => void;
  /** Keep it stable: rows re-render when it changes. */
  rowActions?: (row: Row) => ReactNode;
  /** At the start of the toolbar: data age, main buttons. `false` leaves the toolbar out. */
  toolbar?: ReactNode | false;
  /** A short list on a page of several: density and columns are not offered. */
  plain?: boolean;
  onRefresh?: () => void;
  /** New rows are on their way while the old ones stand. */
  refreshing?: boolean;
  paging?: Paging;
  skeletonRows?: number;
};

/** The one table. Sorting, filtering and paging are the server's; this shows, selects and walks rows. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, caption, columns, rows, rowKey, state = "ready", selection, paging, refreshing = false } = props;
  const t = useTranslations("ui");
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const anchor = useRef<string | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const preferences = useTablePreferences(id, columns);
  const overflows = useOverflow(frame);
  const ids = rows.map(rowKey);

  const latest = useRef({ props, ids });
  useEffect(() => {
    latest.current = { props, ids };
  });

  const open = useCallback((rowId: string) => {
    const { rows: current, rowKey: keyOf, onOpenRow } = latest.current.props;
    const row = current.find((each) => keyOf(each) === rowId);
    if (row) onOpenRow?.(row);
  }, []);

  const select = useCallback((rowId: string, withRange: boolean) => {
    const { selection: current, onSelectionChange } = latest.current.props;
    if (!current) return;
    onSelectionChange?.(selectRows(current, latest.current.ids, rowId, withRange ? anchor.current : null));
    anchor.current = rowId;
  }, []);

  const handlers = useRef({ open, toggle: (rowId: string) => select(rowId, false) });
  useRowKeys(body, handlers);

  const selected = selection && pageSelection(selection, ids);
  const showsRows = state === "ready" && rows.length > 0;
  const tabbable = cursor !== null && ids.includes(cursor) ? cursor : ids[0];
  const hasActions = props.rowActions !== undefined;

  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface">
      {props.toolbar !== false && (
        <TableToolbar
          columns={columns}
          visible={preferences.visible}
          onColumn={preferences.setColumn}
          onResetColumns={preferences.resetColumns}
          density={preferences.density}
          onDensity={preferences.setDensity}
          sort={props.sort}
          onSort={props.onSort}
          onRefresh={props.onRefresh}
          refreshing={refreshing}
          plain={props.plain ?? false}
        >
          {props.toolbar}
        </TableToolbar>
      )}
      {selection && selection.size > 0 && (
        <SelectionBar
          count={selection.size}
          total={paging?.total ?? rows.length}
          onClear={() => props.onSelectionChange?.(new Set())}
          onSelectAll={props.onSelectAll}
        >
          {props.selectionActions}
        </SelectionBar>
      )}
      {(showsRows || state === "loading") && (
        <div
          ref={frame}
          data-scrolls={overflows || undefined}
          className={clsx("group/frame", overflows && "overflow-auto sm:max-h-[calc(100dvh-8rem)]")}
          aria-busy={refreshing || state === "loading"}
        >
          <table className="w-full border-separate border-spacing-0 text-sm max-sm:block">
            <caption className="sr-only">{caption}</caption>
            <TableHead
              columns={preferences.visible}
              sort={props.sort}
              onSort={props.onSort}
              selected={selected}
              onSelectPage={() => selection && props.onSelectionChange?.(togglePage(selection, ids))}
              hasActions={hasActions}
              scrolls={overflows}
            />
            <tbody
              ref={body}
              className={clsx("transition-opacity max-sm:block", refreshing && "opacity-60")}
              onFocus={(event) => setCursor(event.target.closest<HTMLElement>("[data-row]")?.dataset.row ?? null)}
            >
              {state === "loading" ? (
                <TableSkeleton
                  columns={preferences.visible}
                  rows={props.skeletonRows ?? 10}
                  density={preferences.density}
                  selectable={selection !== undefined}
                  hasActions={hasActions}
                />
              ) : (
                rows.map((row, index) => (
                  <TableRow
                    key={ids[index]}
                    row={row}
                    id={ids[index] ?? ""}
                    label={props.rowLabel?.(row) ?? ids[index] ?? ""}
                    columns={preferences.visible}
                    density={preferences.density}
                    selected={selection?.has(ids[index] ?? "")}
                    tabbable={ids[index] === tabbable}
                    opens={props.onOpenRow !== undefined}
                    onSelect={select}
                    onOpen={open}
                    rowActions={props.rowActions}
                  />
                ))
              )}
            </tbody>
          </table>
        </div>
      )}
      {state === "ready" &&
        rows.length === 0 &&
        (props.empty ?? <EmptyState icon="search" title={t("nothingFound")} />)}
      {state === "denied" && <DeniedState inside />}
      {typeof state === "object" && <ErrorState error={state.error} onRetry={props.onRetry} />}
      {paging && (showsRows || state === "loading") && <Pagination {...paging} />}
    </div>
  );
}
