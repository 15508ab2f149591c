import { type QueryKey, type UseQueryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Paging, TableState } from "@/components/data-table/types";
import { PAGE_SIZES } from "@/lib/core/paging";
import { publicErrorOf } from "@/lib/web/post-json";

type List<Row> = { rows: Row[]; total: number };
type Page = { page: number; size: (typeof PAGE_SIZES)[number] };

type Input<Row, Query extends Page, Key extends QueryKey> = {
  query: Query;
  optionsOf: (query: Query) => UseQueryOptions<List<Row>, Error, List<Row>, Key>;
  /** What the server read for the page, and for which query: it is shown without reading again. */
  initialQuery: Query;
  initial: List<Row> | null;
  /** False while the query is not known: nothing is read, and nothing of another query is shown. */
  enabled?: boolean;
  onPage: (page: Partial<Page>) => void;
};

type TableProps<Row> = {
  rows: readonly Row[];
  state: TableState;
  onRetry: () => void;
  onRefresh: () => void;
  refreshing: boolean;
  paging: Paging;
};

/**
 * A list whose filters and page are in the URL, as the props of a `DataTable`. `pending`: the rows shown are those of the
 * query before.
 */
export function useListQuery<Row, Query extends Page, Key extends QueryKey>({
  query,
  optionsOf,
  initialQuery,
  initial,
  enabled = true,
  onPage,
}: Input<Row, Query, Key>): { table: TableProps<Row>; pending: boolean } {
  const client = useQueryClient();
  const isFirst = enabled && initial !== null && JSON.stringify(query) === JSON.stringify(initialQuery);
  const { error, isFetching, isPlaceholderData, refetch, ...result } = useQuery({
    ...optionsOf(query),
    enabled,
    ...(isFirst && { initialData: initial }),
  });
  const data = enabled ? result.data : undefined;
  const setSize = (chosen: number) => {
    const size = PAGE_SIZES.find((allowed) => allowed === chosen);
    if (size) onPage({ size, page: 1 });
  };
  return {
    pending: isPlaceholderData,
    table: {
      rows: data?.rows ?? [],
      state: error && !data ? { error: publicErrorOf(error) } : data ? "ready" : "loading",
      onRetry: refetch,
      onRefresh: refetch,
      refreshing: isPlaceholderData || isFetching,
      paging: {
        page: query.page,
        size: query.size,
        total: data?.total ?? 0,
        onPage: (page) => onPage({ page }),
        onSize: setSize,
        onIntent: (page) => {
          if (enabled) void client.prefetchQuery(optionsOf({ ...query, page }));
        },
      },
    },
  };
}
