import { queryKeys } from "@/app/(console)/query-keys";
import type { UpstreamStatus } from "@/lib/monitoring/types";
import type { IncidentView } from "@/lib/settings";
import { postJson } from "@/lib/web/post-json";

/** Whether writes are paused. The layout fills it in, so it is known from the first paint on. */
export const incidentQuery = {
  queryKey: queryKeys.incident,
  queryFn: ({ signal }: { signal: AbortSignal }) => postJson<IncidentView>("/api/incident", {}, signal),
  refetchInterval: 30_000,
};

/** Which upstreams have trouble. */
export const upstreamsQuery = {
  queryKey: queryKeys.upstreams,
  queryFn: ({ signal }: { signal: AbortSignal }) => postJson<UpstreamStatus[]>("/api/upstreams", {}, signal),
  refetchInterval: 15_000,
};
