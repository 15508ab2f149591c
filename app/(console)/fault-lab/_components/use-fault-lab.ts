import { useQuery } from "@tanstack/react-query";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import type { LabView } from "@/lib/fault-lab/types";
import type { Action } from "@/lib/web/action";
import { postJson } from "@/lib/web/post-json";

/** The sandbox's state, polled every 2 seconds. */
export function useFaultLab(initial: LabView | null) {
  return useQuery({
    queryKey: queryKeys.faultLab,
    queryFn: ({ signal }) => postJson<LabView>("/api/fault-lab/read", {}, signal),
    ...(initial && { initialData: initial }),
    refetchInterval: 2_000,
  });
}

/** Change the sandbox and read it again. */
export const useLabAction = <T>(action: Action<T>) =>
  useAction(action, { effect: "write", invalidates: [queryKeys.faultLab] });
