import { useTranslations } from "next-intl";
import { StaleNote } from "@/components/feedback/stale-note";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { BillingView } from "@/lib/billing/types";

/** The age of the balance, and why it is not newer. */
export function BillingAge({ view }: { view: BillingView }) {
  const t = useTranslations("shell.account");
  const { sentence } = useErrorText();
  const why = view.error && sentence({ code: "upstream", key: view.error.key, params: { upstream: "talkbot" } });
  return <StaleNote asOf={view.readAt} reason={why ?? (view.stale && t("stale"))} />;
}
