"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { UpstreamNotice } from "@/app/(console)/_components/upstream-notice";
import { CardLines } from "@/app/(console)/_customer/card-lines";
import { NotesPanel } from "@/app/(console)/_customer/notes-panel";
import { customerQuery } from "@/app/(console)/_customer/query-options";
import { ReplyPanel } from "@/app/(console)/_customer/reply-panel";
import { useFollowedCards } from "@/app/(console)/_customer/use-followed-cards";
import { FollowUpsPanel } from "@/app/(console)/_follow-ups/follow-ups-panel";
import { CardDialogs, useCardDialogs } from "@/app/(console)/cards/_components/card-dialogs";
import { queryKeys } from "@/app/(console)/query-keys";
import { BackLink } from "@/components/back-link";
import { loadWhenOnline } from "@/components/load-when-online";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { Customer } from "@/lib/customers/types";
import type { ReplyTemplates } from "@/lib/format/replies/reply-templates";
import { CustomerCards } from "./customer-cards";
import { CustomerChanges, TIMELINE } from "./customer-changes";
import { CustomerTotals } from "./customer-totals";
import { useRereadAll } from "./use-reread-all";

const CustomerTimeline = dynamic(
  () => loadWhenOnline(() => import("./customer-timeline").then((module) => module.CustomerTimeline)),
  { ssr: false, loading: () => <Skeleton className="h-44" /> },
);

type Props = {
  about: { userId: string };
  initial: Customer;
  templates: ReplyTemplates;
  /** The name of who is signed in. */
  self: string;
  canWrite: boolean;
  live: boolean;
};

/** A customer: a reply to copy first, then what it is made of, and what was noted and promised. */
export function CustomerView({ about, initial, templates, self, canWrite, live }: Props) {
  const t = useTranslations("customers");
  const client = useQueryClient();
  const dialogs = useCardDialogs();
  const [acting, setActing] = useState(false);
  const options = customerQuery(about);
  const { data: customer } = useQuery({
    ...options,
    initialData: initial,
    ...(acting && { refetchInterval: false as const }),
  });
  const reread = useRereadAll(customer, live);
  const followed = useFollowedCards(customer);

  return (
    <>
      <PageHeader
        back={<BackLink href="/cards" />}
        title={<bdi>{customer.userName ?? t("untitled")}</bdi>}
        note={customer.maskedPhone}
      />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-3">
          {live && <UpstreamNotice upstream="espai" />}
          <ReplyPanel customer={customer} templates={templates} />
          <CustomerTotals customer={customer} reread={reread} />
          <CustomerCards customer={customer} canWrite={canWrite} onAction={dialogs.open} />
          {customer.others.length > 0 && (
            <Panel title={t("samePhone", { count: customer.others.length })} flush>
              <p className="px-4 text-sm text-warning">{t("samePhoneHint")}</p>
              <CardLines cards={customer.others} />
            </Panel>
          )}
          <CustomerChanges changes={customer.changes} />
          <div id={TIMELINE} className="scroll-mt-16">
            <CustomerTimeline cards={customer.cards} />
          </div>
        </div>
        <div className="grid min-w-0 gap-3">
          <FollowUpsPanel cards={followed} self={self} />
          <NotesPanel about={about} notes={customer.notes} />
        </div>
      </div>
      {canWrite && (
        <CardDialogs
          ref={dialogs.ref}
          onOpen={setActing}
          onChanged={() => void client.invalidateQueries({ queryKey: queryKeys.cards })}
        />
      )}
    </>
  );
}
