import { useState } from "react";
import type { Paging } from "@/components/data-table/types";
import { PAGE_SIZES } from "@/lib/core/paging";

type Size = (typeof PAGE_SIZES)[number];
/** The size the page's server part reads. */
const FIRST_SIZE = 20;

/** Page and size of a table inside the batch page; not in the URL. */
export function usePage() {
  const [page, setPage] = useState<{ page: number; size: Size }>({ page: 1, size: FIRST_SIZE });
  const paging = (total: number): Paging => ({
    ...page,
    total,
    onPage: (next) => setPage({ ...page, page: next }),
    onSize: (next) => setPage({ page: 1, size: PAGE_SIZES.find((size) => size === next) ?? FIRST_SIZE }),
  });
  const toFirst = () => setPage({ ...page, page: 1 });
  return { page, toFirst, isFirst: page.page === 1 && page.size === FIRST_SIZE, paging };
}
