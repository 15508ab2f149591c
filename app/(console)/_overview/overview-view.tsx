"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { PageHeader } from "@/components/page-header";
import type { OverviewView as Overview } from "@/lib/monitoring";
import { postJson, publicErrorOf } from "@/lib/web/post-json";
import { BalanceSpread } from "./balance-spread";
import { BatchesPanel } from "./batches-panel";
import { FirstRun } from "./first-run";
import { Headline } from "./headline";
import { LowCardsTable } from "./low-cards-table";
import { MirrorAge } from "./mirror-age";
import { RecentChanges } from "./recent-changes";
import { TypeTable } from "./type-table";

type Props = { initial: Overview; notice: ReactNode; billing: ReactNode; canWrite: boolean };

/** The overview, refreshed every 30 seconds; every 2 seconds while a sync runs. */
export function OverviewView({ initial, notice, billing, canWrite }: Props) {
  const t = useTranslations("overview");
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.overview,
    queryFn: ({ signal }) => postJson<Overview>("/api/overview/read", {}, signal),
    initialData: initial,
    refetchInterval: (query) => (query.state.data?.sync?.state === "running" ? 2_000 : 30_000),
  });
  const empty = data.types.length === 0;
  return (
    <>
      <PageHeader title={t("title")} note={<MirrorAge overview={data} />} />
      {notice}
      {error && (
        <div className="mb-4">
          <ErrorNotice error={publicErrorOf(error)} onRetry={() => void refetch()} />
        </div>
      )}
      <div className="grid gap-4">
        <Headline overview={data} />
        {!empty && <RecentChanges recent={data.recent} />}
        {empty && data.configured && <FirstRun overview={data} />}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
          {!empty && (
            <div className="grid min-w-0 gap-4">
              <TypeTable types={data.types} />
              <LowCardsTable low={data.low} />
            </div>
          )}
          <div className="grid min-w-0 gap-4">
            {billing}
            {!empty && <BalanceSpread balances={data.balances} />}
            <BatchesPanel batches={data.batches} canWrite={canWrite} />
          </div>
        </div>
      </div>
    </>
  );
}
