import clsx from "clsx";
import { useTranslations } from "next-intl";
import { type ReactNode, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/button/icon-button";
import { Select } from "@/components/ui/form/select";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import { TipGroup } from "@/components/ui/popover/tip-group";
import { ColumnChooser } from "./column-chooser";
import type { Column, Density, Sort } from "./types";

const densities: Density[] = ["dense", "normal", "roomy"];

/** Then a column one may sort by has no header to press: on a phone all, below 1366 px the dates (`from` of a column). */
const NARROW = "(width < 1366px)";

function onNarrowChange(listener: () => void) {
  const media = matchMedia(NARROW);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

type Props<Row> = {
  columns: readonly Column<Row>[];
  visible: readonly Column<Row>[];
  onColumn: (id: string, on: boolean) => void;
  onResetColumns: () => void;
  density: Density;
  onDensity: (density: Density) => void;
  sort: Sort | null | undefined;
  onSort: ((sort: Sort | null) => void) | undefined;
  onRefresh: (() => void) | undefined;
  refreshing: boolean;
  plain: boolean;
  children: ReactNode;
};

/** Above a table: the page's own content at the start; refresh, density and columns at the end. */
export function TableToolbar<Row>(props: Props<Row>) {
  const t = useTranslations("ui");
  const { columns, density, onRefresh, refreshing, sort, onSort } = props;
  const narrow = useSyncExternalStore(
    onNarrowChange,
    () => matchMedia(NARROW).matches,
    () => false,
  );
  return (
    <div
      data-print="off"
      className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b py-1.5 ps-4 pe-3"
    >
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 max-sm:contents">{props.children}</div>
      {/* Until the select is there, the place it will take. */}
      <TipGroup className={clsx("ms-auto flex items-center", onSort && !narrow && "max-[1366px]:ps-33")}>
        {onSort && narrow && <NarrowSort columns={columns} sort={sort} onSort={onSort} />}
        {onRefresh && (
          <IconButton icon="refresh" label={t("refresh")} pending={refreshing} onClick={onRefresh} untipped />
        )}
        {!props.plain && (
          <>
            <span className="flex max-sm:hidden">
              <Menu
                label={t("density")}
                trigger={(trigger) => <IconButton {...trigger} icon="density" label={t("density")} untipped />}
              >
                {densities.map((name) => (
                  <MenuItem key={name} checked={name === density} onSelect={() => props.onDensity(name)}>
                    {t(`densities.${name}`)}
                  </MenuItem>
                ))}
              </Menu>
            </span>
            <ColumnChooser
              columns={columns}
              visible={props.visible}
              onColumn={props.onColumn}
              onReset={props.onResetColumns}
            />
          </>
        )}
      </TipGroup>
    </div>
  );
}

/** Where a column's header may be missing sorting is a select, and on no other screen: it has two options a column. */
function NarrowSort<Row>({ columns, sort, onSort }: Required<Pick<Props<Row>, "columns">> & SortProps) {
  const t = useTranslations("ui");
  return (
    <Select
      small
      aria-label={t("sort")}
      className="me-1 w-32"
      value={sort ? `${sort.desc ? "-" : ""}${sort.id}` : ""}
      onChange={({ target: { value } }) =>
        onSort(value ? { id: value.replace(/^-/, ""), desc: value.startsWith("-") } : null)
      }
    >
      <option value="">{t("sortNone")}</option>
      {columns
        .filter((column) => column.sortable)
        .flatMap(({ id, header }) => [
          <option key={`-${id}`} value={`-${id}`}>
            {`${header} ↓`}
          </option>,
          <option key={id} value={id}>
            {`${header} ↑`}
          </option>,
        ])}
    </Select>
  );
}

type SortProps = { sort: Sort | null | undefined; onSort: (sort: Sort | null) => void };
