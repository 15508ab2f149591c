import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { forgetAfter } from "@/components/forget-after";
import type { BatchDetail, BatchList, BatchView, ChunkList, KeyList } from "@/lib/keys";
import type { KeyFilter } from "@/lib/keys/types";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../query-keys";
import type { BatchQuery } from "./search-params";

type Progress = Pick<BatchView, "state" | "inFlight" | "unknown" | "released">;

const isMoving = ({ state, inFlight, unknown, released }: Progress) =>
  state === "generating" || inFlight > 0 || unknown > 0 || released > 0;

/** When to poll a batch again, ms; false: it is over. A paused one may be resumed elsewhere, or by itself. */
function rereadBatchAfter(batch: Progress | undefined) {
  if (!batch) return false;
  if (batch.state === "generating" || batch.inFlight > 0) return 1_000;
  return isMoving(batch) || batch.state === "paused" ? 3_000 : false;
}

export const batchListQuery = (input: BatchQuery) =>
  queryOptions({
    queryKey: [...queryKeys.batches, "list", input],
    queryFn: ({ signal }) => postJson<BatchList>("/api/batches/list", input, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.rows.some(isMoving) ? 2_000 : 30_000),
    staleTime: 1_000,
  });

export const batchQuery = (batchId: string) =>
  queryOptions({
    queryKey: [...queryKeys.batches, "one", batchId],
    queryFn: ({ signal }) => postJson<BatchDetail>("/api/batches/get", { batchId }, signal),
    refetchInterval: (query) => rereadBatchAfter(query.state.data),
    staleTime: 500,
  });

type Page = { page: number; size: 20 | 50 | 100 | 200 };

/** `stamp` changes whenever the batch does, so that both tables are read again. */
export const chunkListQuery = (batchId: string, page: Page, stamp: string) =>
  queryOptions({
    queryKey: [...queryKeys.batches, "chunks", batchId, page, stamp],
    queryFn: ({ signal }) => postJson<ChunkList>("/api/batches/chunks", { batchId, ...page }, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: forgetAfter(10_000),
  });

export const keyListQuery = (batchId: string, filter: KeyFilter, page: Page, stamp: string) =>
  queryOptions({
    queryKey: [...queryKeys.batches, "keys", batchId, filter, page, stamp],
    queryFn: ({ signal }) => postJson<KeyList>("/api/keys/list", { batchId, ...filter, ...page }, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: forgetAfter(10_000),
  });
