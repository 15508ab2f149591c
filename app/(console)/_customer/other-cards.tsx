import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { ButtonLink } from "@/components/ui/button/button-link";
import type { Customer } from "@/lib/customers/types";
import { CardLines } from "./card-lines";
import { customerHref } from "./customer-href";

const SHOWN = 5;

/** On a card's page: what else its customer has, and the way to the customer. */
export function OtherCards({ customer, cardId }: { customer: Customer; cardId: string }) {
  const t = useTranslations("customers");
  const own = customer.cards.filter(({ id }) => id !== cardId);
  const { cards, gone } = customer.totals;
  if (!customer.userId && own.length + customer.others.length === 0) return null;
  return (
    <Panel
      title={t("otherCards", { count: Math.max(0, cards + gone - 1) })}
      flush
      actions={
        customer.userId && (
          <ButtonLink size="sm" icon="user" prefetch={false} href={customerHref(customer.userId)}>
            {t("open")}
          </ButtonLink>
        )
      }
    >
      <CardLines cards={own.slice(0, SHOWN)} />
      {customer.others.length > 0 && (
        <>
          <p className="px-4 pt-2 text-sm text-warning">{t("samePhone", { count: customer.others.length })}</p>
          <CardLines cards={customer.others.slice(0, SHOWN)} />
        </>
      )}
      <div className="h-2" />
    </Panel>
  );
}
