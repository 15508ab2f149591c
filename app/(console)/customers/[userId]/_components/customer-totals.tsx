import { useTranslations } from "next-intl";
import { ErrorDetails } from "@/components/feedback/error-details";
import { StaleNote } from "@/components/feedback/stale-note";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Term } from "@/components/ui/term";
import { Amount } from "@/components/ui/value/amount";
import type { Customer } from "@/lib/customers/types";
import type { RereadAll } from "./use-reread-all";

/** What all their cards have left together, how old the oldest of its readings is, and a button to read them again. */
export function CustomerTotals({ customer, reread }: { customer: Customer; reread: RereadAll }) {
  const t = useTranslations("customers.totals");
  const cards = useTranslations("cards");
  const { sentence } = useErrorText();
  const { totals } = customer;
  const readings = customer.cards.flatMap(({ gone, readAt }) => (gone ? [] : [readAt]));
  const oldest = readings.toSorted()[0];
  const facts = [
    t("cards", { count: totals.cards }),
    totals.trial > 0 && t("trial", { count: totals.trial }),
    totals.unlimited > 0 && t("unlimited", { count: totals.unlimited }),
    totals.unread > 0 && t("unread", { count: totals.unread }),
    totals.gone > 0 && t("gone", { count: totals.gone }),
  ];
  return (
    <Panel>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="text-soft text-sm">
            {t("title")}
            <Term name="calls" />
          </p>
          <p className="font-semibold text-3xl">
            <Amount value={totals.calls} />
            <span className="ms-1.5 font-normal text-base text-soft">
              {cards("card.calls", { count: totals.calls })}
            </span>
          </p>
          <p className="text-soft text-sm">{facts.filter(Boolean).join(" · ")}</p>
        </div>
        <div className="ms-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
          <div role="status">
            {reread.pending ? (
              <span className="text-faint text-sm">{cards("card.rereading")}</span>
            ) : (
              oldest && <StaleNote asOf={oldest} />
            )}
          </div>
          {reread.start && (
            <Button size="sm" icon="refresh" pending={reread.pending} onClick={reread.start}>
              {cards("actions.reread")}
            </Button>
          )}
        </div>
      </div>
      {reread.error && (
        <div role="status" className="mt-2 text-sm">
          <p className="text-warning">{cards("card.rereadFailed", { why: sentence(reread.error) })}</p>
          <ErrorDetails error={reread.error} />
        </div>
      )}
      {reread.most < customer.totals.cards && reread.start && (
        <p className="mt-2 text-faint text-sm">{t("rereadsSome", { count: reread.most })}</p>
      )}
    </Panel>
  );
}
