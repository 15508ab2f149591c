import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/button/icon-button";
import { Callout } from "@/components/ui/callout";
import type { BillingView } from "@/lib/billing/types";
import { BillingAge } from "./billing-age";
import { BillingNumbers } from "./billing-numbers";

type Props = { view: BillingView; refresh: () => void; refreshing: boolean; about?: ReactNode };

/** Balance, age and refresh button in every state: not configured, never read, read, stale, failed. */
export function BillingBody({ view, refresh, refreshing, about }: Props) {
  const t = useTranslations("shell.account");
  const { numbers } = view;
  return (
    <div className="grid gap-3">
      {!view.configured && (
        <Callout title={t("notConfigured")}>{t("notConfiguredHint", { names: "TALKBOT_API_KEY" })}</Callout>
      )}
      {numbers && <BillingNumbers view={{ ...view, numbers }} about={about} />}
      {view.configured && !numbers && !view.error && <p className="text-soft">{t("empty")}</p>}
      {(view.configured || numbers) && (
        <div className="flex items-center justify-between gap-2">
          <BillingAge view={view} />
          {view.configured && (
            <IconButton icon="refresh" size="sm" label={t("refresh")} pending={refreshing} onClick={refresh} />
          )}
        </div>
      )}
    </div>
  );
}
