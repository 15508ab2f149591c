/** Health, metrics and the overview: read only. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { readMetrics } from "./metrics/read-metrics";
export { serveMetricsText } from "./metrics/serve-metrics-text";
export { readOverview } from "./overview/read-overview";
export type {
  BalanceBucket,
  BalanceView,
  LowCard,
  LowCardsView,
  OverviewView,
  RecentChangesView,
  RunningBatch,
  TypeTotal,
  UnknownOperationsView,
} from "./overview/types";
export { readFrame } from "./read-frame";
export { readHealth } from "./read-health";
export { readReadiness } from "./read-readiness";
export { readUpstreamStatus } from "./read-upstream-status";
