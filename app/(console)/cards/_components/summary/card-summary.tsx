import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { formatTotal } from "@/components/data-table/format-total";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { CardFilter } from "@/lib/cards/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { cardSummaryQuery } from "../../query-options";

/** `ready`: the rows are there; they are never kept waiting for this. */
type Props = { filter: CardFilter; ready: boolean };

/** What the current filter finds, summed up: cards, calls left, empty ones, and how many of each type. */
export function CardSummary({ filter, ready }: Props) {
  const t = useTranslations("cards.summary");
  const typeName = useCardTypeName();
  const { sentence } = useErrorText();
  const { data, error } = useQuery({ ...cardSummaryQuery(filter), enabled: ready });
  const rest = data && [
    data.unlimited > 0 && t("unlimited", { count: data.unlimited }),
    data.unknown > 0 && t("unknown", { count: data.unknown }),
  ];
  return (
    <section
      aria-label={t("label")}
      aria-busy={!data && !error}
      className="mb-3 rounded-lg border border-line bg-surface px-4 py-2"
    >
      {data ? (
        <dl className="flex flex-wrap items-baseline gap-x-6 gap-y-1 text-sm">
          <Entry name={t("cards")}>{formatTotal(data.total, !data.exact)}</Entry>
          <Entry name={t("calls")} note={rest?.filter(Boolean).join(" · ")}>
            {formatTotal(data.calls, !data.callsExact)}
          </Entry>
          <Entry name={t("empty")}>{formatTotal(data.empty, !data.exact)}</Entry>
          {data.types.map(({ type, count }) => (
            <Entry key={type} name={typeName(type)}>
              {formatTotal(count, !data.exact)}
            </Entry>
          ))}
        </dl>
      ) : error ? (
        <p className="text-danger text-sm">{sentence(publicErrorOf(error))}</p>
      ) : (
        <Skeleton className="h-5 w-80 max-w-full" />
      )}
    </section>
  );
}

function Entry({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-soft">{name}</dt>
      <dd className="font-semibold tabular-nums">{children}</dd>
      {note && <dd className="text-faint">{note}</dd>}
    </div>
  );
}
