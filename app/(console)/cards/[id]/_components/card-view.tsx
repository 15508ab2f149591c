"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { UpstreamNotice } from "@/app/(console)/_components/upstream-notice";
import { queryKeys } from "@/app/(console)/query-keys";
import { BackLink } from "@/components/back-link";
import { loadWhenOnline } from "@/components/load-when-online";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { CardDetail } from "@/lib/cards/types";
import type { OperationList } from "@/lib/operations";
import { CardDialogs } from "../../_components/card-dialogs";
import type { RowAction } from "../../_components/row-action";
import { useBlockedReasons } from "../../_components/use-blocked-reasons";
import { cardQuery } from "../../query-options";
import { CardBalancePanel } from "./card-balance-panel";
import { CardFields } from "./card-fields";
import { CardNotices } from "./card-notices";
import { CardOperations } from "./card-operations";
import { useReread } from "./use-reread";

const CardBalanceHistory = dynamic(
  () => loadWhenOnline(() => import("./card-balance-history").then((module) => module.CardBalanceHistory)),
  {
    ssr: false,
    loading: () => <Skeleton className="h-44" />,
  },
);

type Props = { initial: CardDetail; operations: OperationList; canWrite: boolean; live: boolean };

/** One card: its fields, balance, history and operations, and what can't be done with it and why. */
export function CardView({ initial, operations, canWrite, live }: Props) {
  const t = useTranslations("cards");
  const client = useQueryClient();
  const [action, setAction] = useState<RowAction | null>(null);
  const { data: card } = useQuery({
    ...cardQuery(initial.id),
    initialData: initial,
    refetchInterval: action ? false : initial.lockedBy ? 3_000 : 30_000,
  });
  const reread = useReread(card, live);
  const blockedReasons = useBlockedReasons(canWrite)(card);

  return (
    <>
      <PageHeader
        back={<BackLink href="/cards" />}
        title={
          <bdi className="line-clamp-2" title={card.userName ?? undefined}>
            {card.userName ?? t("card.untitled")}
          </bdi>
        }
        note={<span className="font-mono">{card.maskedCode}</span>}
        actions={
          <>
            <Button
              icon="transfer"
              disabledReason={blockedReasons.transfer}
              onClick={() => setAction({ kind: "transfer", source: card })}
            >
              {t("actions.transfer")}
            </Button>
            <Button
              icon="receive"
              disabledReason={blockedReasons.transferInto}
              onClick={() => setAction({ kind: "transferInto", target: card })}
            >
              {t("actions.transferInto")}
            </Button>
            <Button
              icon="destroy"
              disabledReason={blockedReasons.destroy}
              onClick={() => setAction({ kind: "destroy", cardIds: [card.id] })}
            >
              {t("actions.destroy")}
            </Button>
          </>
        }
      />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-3">
          {live && <UpstreamNotice upstream="espai" />}
          <CardNotices card={card} />
          <CardBalancePanel card={card} blockedReasons={blockedReasons} reread={reread} />
          <Panel title={t("card.history")}>
            <CardBalanceHistory history={card.history} readAt={card.readAt} />
          </Panel>
        </div>
        <div className="grid gap-3">
          <CardFields card={card} seesCode={canWrite} />
          <CardOperations cardId={card.id} initial={operations} />
        </div>
      </div>
      {canWrite && (
        <CardDialogs
          action={action}
          onClose={() => setAction(null)}
          onChanged={() => void client.invalidateQueries({ queryKey: queryKeys.cards })}
        />
      )}
    </>
  );
}
