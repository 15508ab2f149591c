"use client";

import { useQuery } from "@tanstack/react-query";
import { queryKeys } from "@/app/(console)/query-keys";
import { ErrorNotice } from "@/components/feedback/error-notice";
import type { HealthView as Health } from "@/lib/monitoring/types";
import { postJson, publicErrorOf } from "@/lib/web/post-json";
import { ChecksPanel } from "./checks-panel";
import { DriftTable } from "./drift-table";
import { JobsTable } from "./jobs-table";
import { SyncPanel } from "./sync-panel";
import { SystemPanel } from "./system-panel";
import { UpstreamHealthPanel } from "./upstream-health-panel";

/** Health of the console and its upstreams, polled every 10 seconds. After a failure the last data stays. */
export function HealthView({ initial }: { initial: Health }) {
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.health,
    queryFn: ({ signal }) => postJson<Health>("/api/health/read", {}, signal),
    initialData: initial,
    refetchInterval: 10_000,
  });
  return (
    <div className="grid gap-4">
      {error && <ErrorNotice error={publicErrorOf(error)} onRetry={() => void refetch()} />}
      <ChecksPanel checks={data.checks} />
      <UpstreamHealthPanel upstreams={data.upstreams} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <JobsTable jobs={data.jobs} />
        <div className="grid gap-4">
          <SyncPanel sync={data.sync} />
          <SystemPanel health={data} />
        </div>
      </div>
      <DriftTable drift={data.drift} />
    </div>
  );
}
