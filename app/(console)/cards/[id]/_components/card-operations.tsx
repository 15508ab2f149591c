import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CardLink } from "@/app/(console)/operations/_components/card-link";
import { StateBadge } from "@/app/(console)/operations/_components/state-badge";
import { useOperationSummary } from "@/app/(console)/operations/_components/use-operation-summary";
import { queryKeys } from "@/app/(console)/query-keys";
import { EmptyState } from "@/components/feedback/empty-state";
import { Panel } from "@/components/panel";
import { ButtonLink } from "@/components/ui/button/button-link";
import { DateTime } from "@/components/ui/value/date-time";
import type { OperationList, OperationView } from "@/lib/operations";
import { postJson } from "@/lib/web/post-json";
import { operationsOf } from "../operations-of";

/** The card's latest operations, newest first. */
export function CardOperations({ cardId, initial }: { cardId: string; initial: OperationList }) {
  const t = useTranslations("cards.card");
  const timeline = useTranslations("timeline");
  const { data } = useQuery({
    queryKey: [...queryKeys.operations, "of-card", cardId],
    queryFn: ({ signal }) => postJson<OperationList>("/api/operations/list", operationsOf(cardId), signal),
    initialData: initial,
    refetchInterval: (query) => (query.state.data?.rows.some((row) => row.state === "unknown") ? 3_000 : 30_000),
  });
  return (
    <Panel
      title={t("operations")}
      flush
      actions={
        data.total > data.rows.length && (
          <ButtonLink href={`/operations?card=${cardId}`} variant="ghost" size="sm">
            {timeline("allOperations")}
          </ButtonLink>
        )
      }
    >
      {data.rows.length === 0 ? (
        <EmptyState icon="operations" title={t("noOperations")} />
      ) : (
        <ul className="pb-1">
          {data.rows.map((row) => (
            <li key={row.id} className="grid gap-0.5 border-line px-4 py-2 not-last:border-b">
              <Entry row={row} cardId={cardId} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Entry({ row, cardId }: { row: OperationView; cardId: string }) {
  const t = useTranslations("operations");
  const kinds = useTranslations("types.operation");
  const summarize = useOperationSummary();
  const other = row.source?.id === cardId ? row.target : row.source;
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-3">
        <Link href={`/operations/${row.id}`} prefetch={false} className="font-medium hover:underline">
          {kinds(row.kind)} {summarize(row)}
        </Link>
        <span className="ms-auto">
          <StateBadge state={row.state} />
        </span>
      </span>
      <span className="flex flex-wrap items-baseline gap-x-3 text-sm text-soft">
        {row.kind === "transfer" && other && (
          <span className="inline-flex min-w-0 items-baseline gap-1">
            <span>{row.source?.id === cardId ? "→" : "←"}</span>
            <CardLink card={other} />
          </span>
        )}
        <span>{t.rich("byActor", { name: () => <bdi>{row.actorName}</bdi> })}</span>
        <span className="ms-auto text-faint">
          <DateTime value={row.createdAt} />
        </span>
      </span>
      {(row.note || row.reference) && (
        <span className="flex flex-wrap gap-x-3 text-sm text-soft">
          {row.note && <bdi className="[overflow-wrap:anywhere]">{row.note}</bdi>}
          {row.reference && <bdi className="[overflow-wrap:anywhere]">{row.reference}</bdi>}
        </span>
      )}
    </>
  );
}
