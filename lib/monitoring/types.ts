import type { Fault, UpstreamName } from "@/lib/upstream/types";

/** Last try of one background read. Times ISO. */
export type SourceStatus = {
  source: string;
  lastPolledAt: string | null;
  lastSuccessAt: string | null;
  error: { key: string; details: string | null } | null;
};

/** What screens need to say that an upstream is in trouble. */
export type UpstreamStatus = {
  upstream: UpstreamName;
  /** "down": the breaker refuses calls, writes with them. "failing": the last background read failed. */
  state: "not_configured" | "ok" | "failing" | "down";
  /** Last good answer (ISO), in this process or of a background read; null if there never was one. */
  lastSuccessAt: string | null;
  /** Message key and the upstream's own words; null when ok. */
  error: { key: string; details: string | null } | null;
};

export type UpstreamHealthView = {
  upstream: UpstreamName;
  configured: boolean;
  /** Variables to set. */
  missing: string[];
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
  lastFault: Fault | null;
  calls: number;
  failures: number;
  /** Milliseconds, over this process's last 100 calls. */
  latencyP50: number | null;
  latencyP95: number | null;
  breaker: { state: "closed" | "open" | "half_open"; failuresInARow: number; retryInMs: number };
  sources: SourceStatus[];
};

export type DriftView = {
  upstream: string;
  call: string;
  field: string;
  what: string;
  count: number;
  sample: string;
  firstAt: string;
  lastAt: string;
};

export type JobView = {
  name: string;
  /** Null: runs only when asked to. */
  everySeconds: number | null;
  waiting: number;
  active: number;
  /** Failed in the last hour (how long the queue remembers). */
  failed: number;
  lastDoneAt: string | null;
  lastFailedAt: string | null;
};

export type SyncView = {
  state: "running" | "done" | "failed";
  startedAt: string;
  finishedAt: string | null;
  rowsRead: number;
  rowsExpected: number | null;
  unreadable: number;
  duplicates: number;
  error: { key: string; details: string | null } | null;
};

export type InstanceView = { id: string; host: string; pid: number; startedAt: string; mine: boolean };

export type HealthView = {
  at: string;
  upstreams: UpstreamHealthView[];
  drift: DriftView[];
  jobs: JobView[];
  sync: SyncView | null;
  database: { bytes: number; connections: number };
  instances: InstanceView[];
  process: { memoryBytes: number; uptimeSeconds: number };
};
