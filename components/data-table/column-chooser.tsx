import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button/icon-button";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import type { Column } from "./types";

type Props<Row> = {
  columns: readonly Column<Row>[];
  visible: readonly Column<Row>[];
  onColumn: (id: string, on: boolean) => void;
  onReset: () => void;
};

/** Chooses the visible columns. The menu stays open meanwhile. */
export function ColumnChooser<Row>({ columns, visible, onColumn, onReset }: Props<Row>) {
  const t = useTranslations("ui");
  const shown = new Set(visible.map((column) => column.id));
  return (
    <Menu
      label={t("columns")}
      trigger={(trigger) => <IconButton {...trigger} icon="columns" label={t("columns")} untipped />}
    >
      {columns
        .filter((column) => column.hideable !== false)
        .map((column) => (
          <MenuItem
            key={column.id}
            checked={shown.has(column.id)}
            several
            keepOpen
            onSelect={() => onColumn(column.id, !shown.has(column.id))}
          >
            {column.header}
            {column.from && <span className={`until-${column.from}`}> {t("widerWindow")}</span>}
          </MenuItem>
        ))}
      <hr className="my-1 border-line" />
      <MenuItem icon="refresh" keepOpen onSelect={onReset}>
        {t("resetColumns")}
      </MenuItem>
    </Menu>
  );
}
