import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { BillingView } from "@/lib/billing/types";
import { postJson, publicErrorOf, RequestError } from "@/lib/web/post-json";
import { refreshBillingAction } from "../actions";

const key = ["billing"] as const;

/** The billing account, polled every minute while the tab is visible; `refresh` asks Talk-Bot now. */
export function useBilling(initial: BillingView) {
  const t = useTranslations("shell.account");
  const { sentence } = useErrorText();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => postJson<BillingView>("/api/billing/read", {}, signal),
    initialData: initial,
    refetchInterval: 60_000,
  });

  const refresh = useMutation({
    mutationFn: async () => {
      const result = await refreshBillingAction({}).catch(() => null);
      if (!result) throw new RequestError({ code: "unavailable", key: "no_connection" });
      if (!result.ok) throw new RequestError(result.error);
      return result.data;
    },
    onSuccess: (view) => {
      client.setQueryData(key, view);
      void showToast(view.error ? "danger" : "done", t(view.error ? "refreshFailed" : "refreshed"));
    },
    onError: (error) => void showToast("danger", sentence(publicErrorOf(error))),
  });

  return { view: data, refresh: () => refresh.mutate(), refreshing: refresh.isPending };
}
