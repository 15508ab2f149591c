"use client";

import { useTranslations } from "next-intl";
import { BillingBody } from "@/app/(console)/billing/_components/billing-body";
import { useBilling } from "@/app/(console)/billing/_components/use-billing";
import { Panel } from "@/components/panel";
import { ButtonLink } from "@/components/ui/button/button-link";
import { Term } from "@/components/ui/term";
import type { BillingView } from "@/lib/billing/types";

/** The billing account on the overview. Shares its data with the header's widget. */
export function BillingCard({ initial }: { initial: BillingView }) {
  const t = useTranslations("shell.account");
  const billing = useBilling(initial);
  return (
    <Panel
      title={t("title")}
      actions={
        <ButtonLink href="/billing" variant="ghost" size="sm">
          {t("open")}
        </ButtonLink>
      }
    >
      <BillingBody {...billing} about={<Term name="points" />} />
    </Panel>
  );
}
