import { useQuery } from "@tanstack/react-query";
import type { Column } from "@/components/data-table/types";
import { useTablePreferences } from "@/components/data-table/use-table-preferences";
import type { CardRow, CardUse } from "@/lib/cards/types";
import { cardTagsQuery, cardUseQuery, type OfCards } from "../../query-options";

type UseColumn = "used1" | "used7" | "used30" | "idle";

export const USE_OF: Record<UseColumn, (use: CardUse) => number> = {
  used1: ({ today }) => today,
  used7: ({ days7 }) => days7,
  used30: ({ days30 }) => days30,
  idle: ({ idleDays }) => idleDays,
};
export const USE_COLUMNS = Object.keys(USE_OF) as UseColumn[];

const hidden = (id: string): Column<CardRow> => ({ id, header: "", cell: () => null, hidden: true });
const USE = USE_COLUMNS.map(hidden);
const TAGS = [hidden("tags")];

export type Known<Value> = Record<string, Value> | undefined;
type Rows = readonly CardRow[] | undefined;

/** What was used of these cards, by id; read only while one of its columns is shown. Undefined: not read yet. */
export const useCardUse = (rows: Rows): Known<CardUse> => useShown(USE, cardUseQuery, rows);

/** Their tags, in the same way. */
export const useCardTags = (rows: Rows): Known<string[]> => useShown(TAGS, cardTagsQuery, rows);

function useShown<Value>(columns: Column<CardRow>[], query: OfCards<Value>, rows: Rows): Known<Value> {
  const shown = useTablePreferences("cards", columns).visible.length > 0;
  const ids = rows?.map(({ id }) => id) ?? [];
  return useQuery({ ...query(ids), enabled: shown && ids.length > 0 }).data;
}
