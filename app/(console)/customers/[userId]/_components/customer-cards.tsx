import Link from "next/link";
import { useTranslations } from "next-intl";
import { CardState } from "@/app/(console)/_components/card/card-state";
import { CardTypeBadge } from "@/app/(console)/_components/card/card-type-badge";
import { TagLinks } from "@/app/(console)/_customer/tag-links";
import type { RowAction } from "@/app/(console)/cards/_components/row-action";
import { useBlockedReasons } from "@/app/(console)/cards/_components/use-blocked-reasons";
import { StaleNote } from "@/components/feedback/stale-note";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Term } from "@/components/ui/term";
import { Amount } from "@/components/ui/value/amount";
import { DateTime } from "@/components/ui/value/date-time";
import type { CardLock, Customer } from "@/lib/customers/types";

type Props = { customer: Customer; canWrite: boolean; onAction: (action: RowAction) => void };

/** All their cards, listed ones first: type, state, balance with its age, what has one locked, and what can be done with it. */
export function CustomerCards({ customer, canWrite, onAction }: Props) {
  const t = useTranslations("customers");
  const cards = useTranslations("cards.actions");
  const blockedReasons = useBlockedReasons(canWrite);
  const hidden = customer.totals.cards + customer.totals.gone - customer.cards.length;
  return (
    <Panel title={t("cards")} about={<Term name="card" />} flush>
      <ul>
        {customer.cards.map((card) => {
          const blocked = blockedReasons(card);
          return (
            <li key={card.id} className="grid gap-1 border-line px-4 py-2.5 not-last:border-b">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Link href={`/cards/${card.id}`} prefetch={false} className="font-mono text-accent hover:underline">
                  {card.maskedCode}
                </Link>
                <CardTypeBadge type={card.type} />
                <CardState card={card} />
                <TagLinks tags={card.tags} />
                <span className="ms-auto font-semibold text-lg">
                  <Amount value={card.balance} />
                </span>
              </div>
              {card.lock && <Lock lock={card.lock} />}
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <StaleNote asOf={card.readAt} />
                {!card.gone && (
                  <span className="ms-auto flex flex-wrap gap-2">
                    <Button
                      size="sm"
                      icon="transfer"
                      disabledReason={blocked.transfer}
                      onClick={() => onAction({ kind: "transfer", card: card })}
                    >
                      {cards("transfer")}
                    </Button>
                    <Button
                      size="sm"
                      icon="receive"
                      disabledReason={blocked.transferInto}
                      onClick={() => onAction({ kind: "transferInto", card: card })}
                    >
                      {cards("transferInto")}
                    </Button>
                  </span>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {hidden > 0 && <p className="px-4 py-2 text-faint text-sm">{t("hiddenCards", { count: hidden })}</p>}
    </Panel>
  );
}

/** What holds a card and until when: past its time a person has to decide, and no time is promised. */
function Lock({ lock: { operationId, kind, state, actorName, until } }: { lock: CardLock }) {
  const t = useTranslations("customers.lock");
  const types = useTranslations("types");
  return (
    <p className="flex flex-wrap gap-x-3 text-sm text-unknown">
      <Link href={`/operations/${operationId}`} prefetch={false} className="hover:underline">
        {t.rich("by", {
          name: () => <bdi>{actorName}</bdi>,
          kind: types(`operation.${kind}`),
          state: types(`operationState.${state}`),
        })}
      </Link>
      {state === "unknown" && (
        <span>{until ? t.rich("until", { at: () => <DateTime value={until} /> }) : t("untilDecided")}</span>
      )}
    </p>
  );
}
