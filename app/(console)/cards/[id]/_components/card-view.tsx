"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { UpstreamNotice } from "@/app/(console)/_components/upstream-notice";
import { CustomerPanels } from "@/app/(console)/_customer/customer-panels";
import { customerQuery } from "@/app/(console)/_customer/query-options";
import { ReplyPanel } from "@/app/(console)/_customer/reply-panel";
import { queryKeys } from "@/app/(console)/query-keys";
import { BackLink } from "@/components/back-link";
import { loadWhenOnline } from "@/components/load-when-online";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { CardDetail } from "@/lib/cards/types";
import type { Customer } from "@/lib/customers/types";
import type { ReplyTemplates } from "@/lib/format/replies/reply-templates";
import { CardDialogs, useCardDialogs } from "../../_components/card-dialogs";
import { useBlockedReasons } from "../../_components/use-blocked-reasons";
import { cardQuery } from "../../query-options";
import { CardBalancePanel, TIMELINE } from "./card-balance-panel";
import { CardFields } from "./card-fields";
import { CardNotices } from "./card-notices";
import { CardTags } from "./card-tags";
import { MergeDialog } from "./merge-dialog";
import { useReread } from "./use-reread";

const CardTimeline = dynamic(
  () => loadWhenOnline(() => import("./card-timeline").then((module) => module.CardTimeline)),
  {
    ssr: false,
    loading: () => <Skeleton className="h-44" />,
  },
);

type Props = {
  initial: CardDetail;
  customer: Customer;
  templates: ReplyTemplates;
  /** The name of who is signed in. */
  self: string;
  canWrite: boolean;
  live: boolean;
};

/** One card: its fields, balance and line of time, and what can't be done with it and why. */
export function CardView({ initial, customer: initialCustomer, templates, self, canWrite, live }: Props) {
  const t = useTranslations("cards");
  const timeline = useTranslations("timeline");
  const client = useQueryClient();
  const dialogs = useCardDialogs();
  const [acting, setActing] = useState(false);
  const [merging, setMerging] = useState<CardDetail | null>(null);
  const { data: card } = useQuery({
    ...cardQuery(initial.id),
    initialData: initial,
    refetchInterval: ({ state }) => {
      if (acting || merging) return false;
      return (state.data ?? initial).lockedBy ? 3_000 : 30_000;
    },
  });
  const { data: customer } = useQuery({
    ...customerQuery({ cardId: initial.id }),
    initialData: initialCustomer,
    ...(acting && { refetchInterval: false as const }),
  });
  const reread = useReread(card, live);
  const blockedReasons = useBlockedReasons(canWrite)(card);
  const invalidate = () => void client.invalidateQueries({ queryKey: queryKeys.cards });

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
              onClick={() => dialogs.open({ kind: "transfer", card: card })}
            >
              {t("actions.transfer")}
            </Button>
            <Button
              icon="receive"
              disabledReason={blockedReasons.transferInto}
              onClick={() => dialogs.open({ kind: "transferInto", card: card })}
            >
              {t("actions.transferInto")}
            </Button>
            <Button disabledReason={blockedReasons.transfer} onClick={() => setMerging(card)}>
              {timeline("merge")}
            </Button>
            <Button
              icon="destroy"
              disabledReason={blockedReasons.destroy}
              onClick={() => dialogs.open({ kind: "destroy", cardIds: [card.id] })}
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
          <ReplyPanel customer={withReading(customer, card)} templates={templates} cardId={card.id} />
          <div id={TIMELINE} className="scroll-mt-16">
            <CardTimeline card={card} />
          </div>
        </div>
        <div className="grid gap-3">
          <CardFields card={card} seesCode={canWrite} />
          <CardTags card={card} />
          <CustomerPanels customer={customer} cardId={card.id} self={self} />
        </div>
      </div>
      {canWrite && <CardDialogs ref={dialogs.ref} onOpen={setActing} onChanged={invalidate} />}
      {merging && <MergeDialog source={merging} onClose={() => setMerging(null)} onChanged={invalidate} />}
    </>
  );
}

/** The customer with the card's own latest reading, which the page has before the customer is read again. */
function withReading(customer: Customer, { id, balance, readAt }: CardDetail): Customer {
  const cards = customer.cards.map((card) =>
    card.id === id && card.readAt < readAt ? { ...card, balance, readAt } : card,
  );
  return { ...customer, cards };
}
