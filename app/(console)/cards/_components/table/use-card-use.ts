import { useQuery } from "@tanstack/react-query";
import type { Column } from "@/components/data-table/types";
import { useTablePreferences } from "@/components/data-table/use-table-preferences";
import type { CardRow, CardUse } from "@/lib/cards/types";
import { cardUseQuery } from "../../query-options";

type UseColumn = "used1" | "used7" | "used30" | "idle";

export const USE_OF: Record<UseColumn, (use: CardUse) => number> = {
  used1: ({ today }) => today,
  used7: ({ days7 }) => days7,
  used30: ({ days30 }) => days30,
  idle: ({ idleDays }) => idleDays,
};
export const USE_COLUMNS = Object.keys(USE_OF) as UseColumn[];

const HIDDEN = USE_COLUMNS.map((id): Column<CardRow> => ({ id, header: "", cell: () => null, hidden: true }));

/** What was used of these cards, by id; read only while one of its columns is shown. Undefined: not read yet. */
export function useCardUse(rows: readonly CardRow[] | undefined): Record<string, CardUse> | undefined {
  const shown = useTablePreferences("cards", HIDDEN).visible.length > 0;
  const ids = rows?.map(({ id }) => id) ?? [];
  return useQuery({ ...cardUseQuery(ids), enabled: shown && ids.length > 0 }).data;
}
