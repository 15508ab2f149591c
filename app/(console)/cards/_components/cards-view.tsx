"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { type PackedRows, unpackRows } from "@/app/(console)/_components/packed-rows";
import { UpstreamNotice } from "@/app/(console)/_components/upstream-notice";
import { queryKeys } from "@/app/(console)/query-keys";
import { DataTable } from "@/components/data-table/data-table";
import { LazyComponent, LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";
import { useNavigate } from "@/components/navigation/use-navigate";
import { Button } from "@/components/ui/button/button";
import { useFirstSign } from "@/components/use-first-sign";
import type { SyncStatus } from "@/lib/cards";
import type { CardFacets, CardList, CardQuery, CardRow } from "@/lib/cards/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { cardFacetsQuery, cardListQuery } from "../query-options";
import { CardDialogs, CONTROLS, useCardDialogs } from "./card-dialogs";
import { CardFilters } from "./filters/card-filters";
import { useCardSearch } from "./filters/use-card-search";
import { useSummaryOpen } from "./summary/use-summary-open";
import { SyncStatusBar } from "./sync/sync-status-bar";
import { useSync } from "./sync/use-sync";
import { DroppedNotice } from "./table/dropped-notice";
import { ExportMenu } from "./table/export-menu";
import { useCardColumns } from "./table/use-card-columns";
import { useCardCount } from "./table/use-card-count";
import { cardLabel, useCardMenu } from "./table/use-card-menu";
import { useCardTags, useCardUse } from "./table/use-card-use";
import { useSelection } from "./table/use-selection";

const summary = new LazyModule(() =>
  loadWhenOnline(() => import("./summary/card-summary").then((module) => module.CardSummary)),
);

const bulkActions = new LazyModule(() =>
  loadWhenOnline(() => import("./table/bulk-actions").then((module) => module.BulkActions)),
);
const preloadBulkActions = () => bulkActions.preload();

/** Three ways to say that there is nothing: no page with rows needs them. */
const EmptyCards = dynamic(() =>
  loadWhenOnline(() => import("./table/empty-cards").then((module) => module.EmptyCards)),
);

const views = new LazyModule(() =>
  loadWhenOnline(() => import("./views/views-dialog").then((module) => module.ViewsDialog)),
);

type Props = {
  initialQuery: CardQuery;
  /** Null if the search is known to the browser only. */
  list: (Omit<CardList, "rows"> & { rows: PackedRows<CardRow> }) | null;
  facets: CardFacets;
  sync: SyncStatus;
  canWrite: boolean;
  /** Phones and codes are masked for this user: only what the mask shows can be searched and sorted by. */
  masked: boolean;
  /** What a code is: rendered by the server, so that no page of cards loads how. */
  aboutCode: ReactNode;
};

/** The card table: filters and pages in the URL, rows from the mirror, one dialog at a time. */
export function CardsView(props: Props) {
  const { initialQuery, list, facets: firstFacets, sync: firstSync, canWrite, masked } = props;
  const t = useTranslations("cards");
  const navigate = useNavigate();
  const client = useQueryClient();
  const dialogs = useCardDialogs();
  const [acting, setActing] = useState(false);
  const readAhead = (asked: CardQuery) => void client.prefetchQuery(cardListQuery(asked));
  const search = useCardSearch({ masked, onAsk: readAhead });
  const { query } = search;
  const known = search.state === "known";
  const { sync, syncing, start } = useSync(firstSync);
  const { data: facets } = useQuery({ ...cardFacetsQuery, initialData: firstFacets });
  const [first] = useState(() => list && { ...list, rows: unpackRows(list.rows) });
  const isFirst = known && first !== null && JSON.stringify(query) === JSON.stringify(initialQuery);
  const { error, isPlaceholderData, refetch, ...result } = useQuery({
    ...cardListQuery(query),
    enabled: known,
    ...(isFirst && { initialData: first }),
    // The rows must not change under an open dialog.
    refetchInterval: acting ? false : 30_000,
  });
  // Without its private part the query would find, and offer to export, all cards.
  const data = known ? result.data : undefined;
  const waits = known && isPlaceholderData;
  const { address } = search;
  useEffect(() => address.setWaiting(waits), [address, waits]);
  const selection = useSelection(query.filter);
  const columns = useCardColumns({ masked, use: useCardUse(data?.rows), tags: useCardTags(data?.rows) });
  const rowMenu = useCardMenu(canWrite, dialogs);
  useFirstSign(CONTROLS, preloadBulkActions);
  const counted = useCardCount(query, data);
  const [showsViews, setShowsViews] = useState(false);
  const [showsSummary, toggleSummary] = useSummaryOpen();
  const scope = search.filtered
    ? ({ kind: "filtered", filter: query.filter, sort: query.sort } as const)
    : ({ kind: "all" } as const);

  return (
    <>
      {sync.configured && <UpstreamNotice upstream="espai" className="mb-3" />}
      <CardFilters
        filter={search.filter}
        facets={facets}
        masked={masked}
        aboutCode={props.aboutCode}
        pending={waits}
        onApply={search.apply}
        onReset={search.reset}
      />
      <DroppedNotice dropped={search.dropped} />
      {showsSummary && known && (
        <LazyComponent module={summary} props={{ filter: query.filter, ready: data !== undefined }} />
      )}
      <DataTable
        id="cards"
        caption={t("caption")}
        columns={columns}
        rows={data?.rows ?? []}
        rowKey={(row) => row.id}
        rowLabel={cardLabel}
        state={
          error && !data && known
            ? { error: publicErrorOf(error) }
            : data || search.state === "unknown"
              ? "ready"
              : "loading"
        }
        onRetry={refetch}
        empty={
          <EmptyCards
            sync={sync}
            syncing={syncing}
            filtered={search.filtered}
            onStart={start}
            onReset={search.state === "unknown" && search.reset}
          />
        }
        sort={query.sort}
        onSort={search.setSort}
        selection={known ? selection.ids : undefined}
        onSelectionChange={selection.setIds}
        onSelectAll={selection.selectAll}
        selectionActions={
          <LazyComponent module={bulkActions} props={{ ids: selection.ids, canWrite, onAction: dialogs.open }} />
        }
        onOpenRow={(row) => navigate(`/cards/${row.id}`)}
        rowMenu={rowMenu}
        toolbar={
          <>
            <SyncStatusBar sync={sync} syncing={syncing} onStart={start} />
            <ExportMenu scope={scope} count={counted.total} atLeast={counted.atLeast} canWrite={canWrite} small />
            {showsSummary !== null && (
              <>
                <Button size="sm" variant="ghost" aria-pressed={showsSummary} onClick={toggleSummary}>
                  {t("summary.show")}
                </Button>
                <Button size="sm" variant="ghost" aria-haspopup="dialog" onClick={() => setShowsViews(true)}>
                  {t("views.open")}
                </Button>
              </>
            )}
          </>
        }
        refreshing={waits}
        paging={{
          page: data?.page ?? query.page,
          size: query.size,
          ...counted,
          onPage: search.setPage,
          onSize: search.setSize,
          onIntent: (page) => known && readAhead({ ...query, page }),
        }}
      />
      {showsViews && (
        <LazyComponent
          module={views}
          props={{
            current: query,
            canShare: canWrite,
            onApply: search.show,
            onClose: () => setShowsViews(false),
          }}
        />
      )}
      {canWrite && (
        <CardDialogs
          ref={dialogs.ref}
          onOpen={setActing}
          onChanged={() => {
            selection.clear();
            void client.invalidateQueries({ queryKey: queryKeys.cards });
          }}
        />
      )}
    </>
  );
}
