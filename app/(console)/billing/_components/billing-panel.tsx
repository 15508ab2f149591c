"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { Term } from "@/components/ui/term";
import type { BillingView } from "@/lib/billing/types";
import { BillingBody } from "./billing-body";
import { useBilling } from "./use-billing";

export function BillingPanel({ initial, forecast }: { initial: BillingView; forecast: ReactNode }) {
  const t = useTranslations("billing");
  return (
    <Panel title={t("numbers")}>
      <BillingBody {...useBilling(initial)} about={<Term name="points" />} />
      {initial.numbers && forecast}
    </Panel>
  );
}
