import { useState } from "react";
import type { Paging } from "@/components/data-table/types";

const SIZES = [20, 50, 100, 200] as const;
type Size = (typeof SIZES)[number];

/** Page and size of a table inside a page; not in the URL, which is the batch's. */
export function usePage(first: Size = 20): { page: { page: number; size: Size }; paging: (total: number) => Paging } {
  const [page, setPage] = useState({ page: 1, size: first });
  const paging = (total: number): Paging => ({
    ...page,
    total,
    onPage: (next) => setPage({ ...page, page: next }),
    onSize: (next) => setPage({ page: 1, size: SIZES.find((size) => size === next) ?? first }),
  });
  return { page, paging };
}
