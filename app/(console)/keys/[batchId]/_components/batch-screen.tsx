"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { BatchStateBadge } from "@/app/(console)/_components/batch-state-badge";
import { UpstreamNotice } from "@/app/(console)/_components/upstream-notice";
import { BackLink } from "@/components/back-link";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { PageHeader } from "@/components/page-header";
import { Callout } from "@/components/ui/callout";
import type { BatchDetail, ChunkList, KeyList } from "@/lib/keys";
import { publicErrorOf } from "@/lib/web/post-json";
import { useBatchTitle } from "../../_components/use-batch-title";
import { batchQuery } from "../../query-options";
import { BatchActions } from "./batch-actions";
import { BatchNumbers } from "./batch-numbers";
import { ChunksTable } from "./chunks-table";
import { KeysTable } from "./keys-table";
import { PausedNotice } from "./paused-notice";

type Props = { initial: BatchDetail; firstKeys: KeyList; firstChunks: ChunkList; mayWrite: boolean };

/** A string that changes whenever the batch does. */
const stampOf = ({ state, recorded, inFlight, unknown, released, surplus, duplicate, ...batch }: BatchDetail): string =>
  [state, recorded, inFlight, unknown, released, surplus, duplicate, batch.needManualResolution].join();

/** One batch: progress, what blocks it, its calls and its keys. Polled until nothing changes any more. */
export function BatchScreen({ initial, firstKeys, firstChunks, mayWrite }: Props) {
  const t = useTranslations("keys");
  const titleOf = useBatchTitle();
  const { data, error, refetch } = useQuery({ ...batchQuery(initial.id), initialData: initial });
  const stamp = stampOf(data);
  const isFirst = stamp === stampOf(initial);
  const unanswered = data.unknown - data.refused;
  const refused = data.refused + data.released;
  const needsPerson = data.needManualResolution > 0;

  return (
    <>
      <PageHeader
        back={<BackLink href="/keys" />}
        title={
          <span className="flex flex-wrap items-center gap-2">
            {titleOf(data)}
            <BatchStateBadge state={data.state} />
          </span>
        }
        note={data.note ? <bdi>{data.note}</bdi> : undefined}
        actions={mayWrite && <BatchActions batch={data} />}
      />
      <div className="grid grid-cols-1 gap-3">
        <UpstreamNotice upstream="potato" />
        {error && <ErrorNotice error={publicErrorOf(error)} onRetry={refetch} />}
        {data.state === "paused" && <PausedNotice batch={data} />}
        {refused > 0 && (
          <Callout tone="unknown" role="status" title={t("refusedNote.title", { count: refused })}>
            <p>{t("refusedNote.body")}</p>
            {data.state === "paused" && data.refused > 0 && <p className="mt-1">{t("refusedNote.resume")}</p>}
            {needsPerson && unanswered === 0 && <p className="mt-1 font-medium">{t("unknownNote.person")}</p>}
          </Callout>
        )}
        {unanswered > 0 && (
          <Callout tone="unknown" role="status" title={t("unknownNote.title", { count: unanswered })}>
            <p>{t("unknownNote.body")}</p>
            {needsPerson && <p className="mt-1 font-medium">{t("unknownNote.person")}</p>}
          </Callout>
        )}
        {data.surplus > 0 && (
          <Callout tone="warning" role="status" title={t("surplusNote.title", { count: data.surplus })}>
            <p>{t("surplusNote.body")}</p>
          </Callout>
        )}
        {data.recovered > 0 && (
          <Callout tone="warning" role="status" title={t("recoveredNote.title", { count: data.recovered })}>
            <p>{t("recoveredNote.body")}</p>
          </Callout>
        )}
        <BatchNumbers batch={data} mayReveal={mayWrite} />
        <KeysTable batch={data} stamp={stamp} first={isFirst ? firstKeys : null} mayReveal={mayWrite} />
        <ChunksTable batchId={data.id} stamp={stamp} first={isFirst ? firstChunks : null} />
      </div>
    </>
  );
}
