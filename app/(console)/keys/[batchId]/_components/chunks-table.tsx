import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { StateBadge } from "@/app/(console)/operations/_components/state-badge";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { Badge } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/value/date-time";
import type { ChunkList, ChunkView } from "@/lib/keys";
import { publicErrorOf } from "@/lib/web/post-json";
import { chunkListQuery } from "../../query-options";
import { usePage } from "./use-page";

/** The batch's calls to the upstream, newest first; each links to its operation. */
export function ChunksTable({ batchId, stamp, first }: { batchId: string; stamp: string; first: ChunkList | null }) {
  const t = useTranslations("keys");
  const { page, isFirst, paging } = usePage();
  const { data, error, refetch, isFetching } = useQuery({
    ...chunkListQuery(batchId, page, stamp),
    ...(isFirst && first && { initialData: first }),
  });
  const columns = useChunkColumns();
  return (
    <section>
      <h2 className="mb-2 font-semibold">{t("batch.chunks")}</h2>
      <DataTable
        id="batch-chunks"
        caption={t("batch.chunksCaption")}
        columns={columns}
        rows={data?.rows ?? []}
        rowKey={(row) => row.operation.id}
        state={error && !data ? { error: publicErrorOf(error) } : data ? "ready" : "loading"}
        onRetry={refetch}
        refreshing={isFetching}
        toolbar={false}
        skeletonRows={3}
        empty={<EmptyState title={t("batch.chunksEmpty")} />}
        {...(data && data.total > page.size && { paging: paging(data.total) })}
      />
    </section>
  );
}

function useChunkColumns(): Column<ChunkView>[] {
  const t = useTranslations("keys");
  const operations = useTranslations("operations");
  const { counts } = useCells<ChunkView>();
  return useMemo(() => {
    const reasonOf = (reason: string | null) => {
      const key = `reason.${reason}` as "reason.timeout";
      return reason === null ? "" : operations.has(key) ? operations(key) : reason;
    };
    return [
      {
        id: "at",
        header: t("columns.sentAt"),
        cell: ({ operation }) => (
          <Link href={`/operations/${operation.id}`} className="text-accent hover:underline">
            <DateTime value={operation.sentAt ?? operation.createdAt} />
          </Link>
        ),
        width: "11rem",
        narrow: "title",
      },
      {
        id: "state",
        header: t("columns.result"),
        cell: ({ operation }) => (
          <span className="inline-flex flex-wrap gap-1">
            <StateBadge state={operation.state} />
            {operation.needsManualResolution && <Badge tone="warning">{t("chunk.person")}</Badge>}
          </span>
        ),
        width: "13rem",
        narrow: "value",
      },
      {
        id: "got",
        header: `${t("columns.got")} / ${t("columns.asked")}`,
        align: "end",
        cell: ({ operation, keys }) => t("chunk.got", { got: String(keys), asked: String(operation.count ?? 0) }),
        width: "8rem",
        narrow: "labelled",
      },
      {
        id: "ms",
        header: t("columns.ms"),
        align: "end",
        ...counts(({ operation }) => operation.call?.ms ?? null),
        width: "7rem",
        narrow: "none",
      },
      {
        id: "reason",
        header: t("columns.reason"),
        cell: ({ operation }) => <span className="text-soft">{reasonOf(operation.reason)}</span>,
      },
    ];
  }, [t, operations, counts]);
}
