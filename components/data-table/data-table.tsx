import { type CSSProperties, type ReactNode, useRef } from "react";
import { Pagination } from "./pagination";
import { RowMenu } from "./rows/row-menu";
import { RowTip } from "./rows/row-tip";
import { pageSelection, togglePage } from "./rows/select-rows";
import { TableBody } from "./rows/table-body";
import { useRowInteraction } from "./rows/use-row-interaction";
import { SelectionBar } from "./selection-bar";
import { TableHead } from "./table-head";
import { TablePlaceholder } from "./table-placeholder";
import { TableToolbar } from "./table-toolbar";
import type { Column, RowMenu as Menu, Paging, Sort, TableState } from "./types";
import { useOverflow } from "./use-overflow";
import { useShownRows } from "./use-shown-rows";
import { useTablePreferences } from "./use-table-preferences";

type DataTableProps<Row> = {
  /** Key of the table's stored preferences. */
  id: string;
  /** What it lists; for screen readers only. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Names a row for its check box; never a phone or a code. Keep it stable: rows re-render when it changes. */
  rowLabel?: (row: Row) => string;
  state?: TableState;
  onRetry?: () => void;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  sort?: Sort | null;
  onSort?: (sort: Sort | null) => void;
  /** Ids, also of rows on other pages. */
  selection?: ReadonlySet<string>;
  onSelectionChange?: (selection: ReadonlySet<string>) => void;
  /** Whether a row can be selected, by its key; without it all can. */
  isSelectable?: ((id: string) => boolean) | undefined;
  /** "选择全部 312 张": the caller fetches the ids of all matches. */
  onSelectAll?: () => void;
  /** Buttons in the selection bar. */
  selectionActions?: ReactNode;
  onOpenRow?: (row: Row) => void;
  rowMenu?: Menu<Row>;
  /** At the start of the toolbar: data age, main buttons. `false`: no toolbar. */
  toolbar?: ReactNode | false;
  /** A short list among others: no choice of density and columns. */
  plain?: boolean;
  onRefresh?: () => void;
  /** New rows are loading; the old ones stay visible. */
  refreshing?: boolean;
  paging?: Paging;
  skeletonRows?: number;
};

/** Before the page can be used nobody knows whether a table fits; on a wide window it does. */
const frameClass = (overflows: boolean | null): string | undefined => {
  if (overflows === null) return "unmeasured";
  return overflows ? "overflow-auto sm:max-h-[calc(100dvh-8rem)]" : undefined;
};

/** The one table: shows, selects and walks rows. Sorting, filtering and paging are done by the server. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, caption, columns, rows, rowKey, state = "ready", selection, paging, refreshing = false } = props;
  const frame = useRef<HTMLDivElement>(null);
  const preferences = useTablePreferences(id, columns);
  const shown = useShownRows(rows.length);
  const ids = rows.map(rowKey);
  const { isSelectable } = props;
  const selectable = isSelectable ? ids.filter(isSelectable) : ids;
  const onSelectionChange = (next: ReadonlySet<string>) =>
    props.onSelectionChange?.(isSelectable ? new Set([...next].filter(isSelectable)) : next);
  const interaction = useRowInteraction({ ...props, onSelectionChange }, ids, preferences.visible);
  const menuId = `${id}-menu`;
  const loading = state === "loading";
  const showsTable = loading || (state === "ready" && rows.length > 0);
  const overflows = useOverflow(frame, showsTable);
  return (
    <div className="min-w-0">
      <div className="w-fit min-w-[min(100%,96rem)] max-w-full overflow-clip rounded-lg border border-line bg-surface">
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
            atLeast={paging?.atLeast}
            onClear={() => onSelectionChange(new Set())}
            onSelectAll={props.onSelectAll}
          >
            {props.selectionActions}
          </SelectionBar>
        )}
        {showsTable ? (
          <div
            ref={frame}
            data-scrolls={overflows || undefined}
            className={frameClass(overflows)}
            aria-busy={refreshing || loading}
          >
            <table
              className="data-table"
              data-density={preferences.density}
              data-selectable={selection ? "" : undefined}
              data-plain={props.plain || undefined}
              data-opens={props.onOpenRow && !loading ? "" : undefined}
            >
              <caption className="sr-only">{caption}</caption>
              <TableHead
                columns={preferences.visible}
                sort={props.sort}
                onSort={props.onSort}
                selected={selection && pageSelection(selection, selectable)}
                onSelectPage={() => selection && onSelectionChange(togglePage(selection, selectable))}
                hasActions={props.rowMenu !== undefined}
              />
              <TableBody
                columns={preferences.visible}
                rows={rows}
                shown={shown}
                ids={ids}
                rowLabel={props.rowLabel}
                selection={selection}
                isSelectable={isSelectable}
                rowMenu={props.rowMenu}
                tableId={id}
                menuId={menuId}
                interaction={interaction}
                loading={loading && (props.skeletonRows ?? 10)}
                refreshing={refreshing}
              />
            </table>
            {/* Holds the place of the others, so that nothing below moves and a reload finds where it was scrolled to. */}
            {shown < rows.length && (
              <div
                className="data-table-rest"
                data-density={preferences.density}
                style={{ "--rows": rows.length - shown } as CSSProperties}
              />
            )}
          </div>
        ) : (
          <TablePlaceholder state={state} empty={props.empty} onRetry={props.onRetry} />
        )}
        {props.rowMenu && (
          <>
            <RowMenu
              id={menuId}
              ref={interaction.menu}
              body={interaction.body}
              rows={rows}
              ids={ids}
              menu={props.rowMenu}
            />
            <RowTip ref={interaction.tip} />
          </>
        )}
        {paging && showsTable && <Pagination {...paging} />}
      </div>
    </div>
  );
}
