"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { FollowUpItem } from "@/app/(console)/_follow-ups/follow-up-item";
import { type FollowUpQuery, followUpListQuery } from "@/app/(console)/_follow-ups/query-options";
import { Pagination } from "@/components/data-table/pagination";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { ErrorState } from "@/components/feedback/error-state";
import { Panel } from "@/components/panel";
import { Field } from "@/components/ui/form/field";
import { Select } from "@/components/ui/form/select";
import { Skeleton } from "@/components/ui/skeleton";
import { PAGE_SIZES } from "@/lib/core/paging";
import { FOLLOW_UP_STATES, FOLLOW_UP_WHOSE, type FollowUpList } from "@/lib/follow-ups/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { followUpParams, followUpQueryOf } from "../search-params";

/** What a shift has promised: due first. Whose and which are in the URL. */
export function FollowUpsView({ initialQuery, initial }: { initialQuery: FollowUpQuery; initial: FollowUpList }) {
  const t = useTranslations("customers.followUps");
  const [params, setParams] = useQueryStates(followUpParams, { history: "push" });
  const query = followUpQueryOf(params);
  const isFirst = JSON.stringify(query) === JSON.stringify(initialQuery);
  const { data, error, refetch } = useQuery({ ...followUpListQuery(query), ...(isFirst && { initialData: initial }) });

  return (
    <>
      <search aria-label={t("filters")} className="mb-3 flex flex-wrap gap-3">
        <Field label={t("whose")}>
          {(control) => (
            <Select
              {...control}
              value={query.whose}
              onChange={({ target }) =>
                setParams({ whose: FOLLOW_UP_WHOSE.find((each) => each === target.value) ?? null, page: 1 })
              }
            >
              {FOLLOW_UP_WHOSE.map((each) => (
                <option key={each} value={each}>
                  {t(`whoseOf.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("state")}>
          {(control) => (
            <Select
              {...control}
              value={query.state}
              onChange={({ target }) =>
                setParams({ state: FOLLOW_UP_STATES.find((each) => each === target.value) ?? null, page: 1 })
              }
            >
              {FOLLOW_UP_STATES.map((each) => (
                <option key={each} value={each}>
                  {t(`states.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </search>
      {error && !data ? (
        <ErrorState error={publicErrorOf(error)} onRetry={refetch} />
      ) : (
        <Panel flush>
          {error && (
            <div className="p-4 pb-2">
              <ErrorNotice error={publicErrorOf(error)} onRetry={() => void refetch()} />
            </div>
          )}
          {!data && (
            <div aria-busy="true" className="grid gap-3 p-4">
              <Skeleton className="h-5 w-60 max-w-full" />
              <Skeleton className="h-5" />
              <Skeleton className="h-5 w-80 max-w-full" />
            </div>
          )}
          {data?.rows.length === 0 && (
            <EmptyState icon="clock" title={query.state === "open" ? t("empty") : t("emptyDone")}>
              {query.state === "open" && t("emptyHint")}
            </EmptyState>
          )}
          <ul>
            {data?.rows.map((row) => (
              <FollowUpItem key={row.id} followUp={row} colleagues={data.colleagues} withCard />
            ))}
          </ul>
          {data && data.total > 0 && (
            <Pagination
              page={Math.min(query.page, Math.ceil(data.total / query.size))}
              size={query.size}
              total={data.total}
              onPage={(page) => setParams({ page })}
              onSize={(chosen) => setParams({ size: PAGE_SIZES.find((size) => size === chosen) ?? null, page: 1 })}
            />
          )}
        </Panel>
      )}
    </>
  );
}
