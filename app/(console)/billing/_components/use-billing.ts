import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { BillingView } from "@/lib/billing/types";
import { postJson } from "@/lib/web/post-json";
import { refreshBillingAction } from "../actions";

/** The billing account, polled every minute while the tab is visible; `refresh` asks Talk-Bot now. */
export function useBilling(initial: BillingView) {
  const t = useTranslations("shell.account");
  const { sentence } = useErrorText();
  const client = useQueryClient();
  const { run, pending } = useAction(refreshBillingAction, { effect: "none" });
  const { data } = useQuery({
    queryKey: queryKeys.billing,
    queryFn: ({ signal }) => postJson<BillingView>("/api/billing/read", {}, signal),
    initialData: initial,
    refetchInterval: 60_000,
  });

  const refresh = async () => {
    const result = await run({});
    if (!result.ok) return void showToast("danger", sentence(result.error));
    client.setQueryData(queryKeys.billing, result.data);
    void showToast(result.data.error ? "danger" : "done", t(result.data.error ? "refreshFailed" : "refreshed"));
  };

  return { view: data, refresh, refreshing: pending };
}
