import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PublicError } from "@/lib/core/errors";
import type { LabView } from "@/lib/fault-lab/types";
import type { ActionResult } from "@/lib/web/action";
import { postJson } from "@/lib/web/post-json";

const key = ["fault-lab"];

/** The sandbox's state, polled every 2 seconds. */
export function useFaultLab(initial: LabView | null) {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => postJson<LabView>("/api/fault-lab/read", {}, signal),
    ...(initial && { initialData: initial }),
    refetchInterval: 2_000,
  });
}

/** Change the sandbox and read it again. The error stays until the next change. */
export function useTurn() {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);
  const turn = async (action: () => Promise<ActionResult<unknown>>): Promise<boolean> => {
    setPending(true);
    const result = await action().catch(() => null);
    await client.invalidateQueries({ queryKey: key });
    setPending(false);
    setError(result?.ok ? null : (result?.error ?? { code: "unavailable", key: "no_answer" }));
    return result?.ok === true;
  };
  return { turn, pending, error };
}
