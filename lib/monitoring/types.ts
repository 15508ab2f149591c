import type { FullReading } from "@/lib/cards/types";
import type { Check } from "@/lib/doctor/types";
import type { AppKeyUse } from "@/lib/keys/types";
import type { Fault, UpstreamName } from "@/lib/upstream/types";

/** The last poll of one source. Times ISO. */
export type SourceStatus = {
  source: string;
  lastPolledAt: string | null;
  lastSuccessAt: string | null;
  error: { key: string; details: string | null } | null;
};

/** What pages show of an upstream with a problem. */
export type UpstreamStatus = {
  upstream: UpstreamName;
  /**
   * "down": the breaker refuses calls, so writes are disabled until a background poll is answered. "probing": it was down,
   * and the next call tries. "failing": the last background poll failed.
   */
  state: "not_configured" | "ok" | "failing" | "probing" | "down";
  /** The last good answer (ISO), to this process or a background poll; null before the first. */
  lastSuccessAt: string | null;
  /** A message key and the upstream's message; null when ok. */
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
  /** How far its clock is ahead of this process's, ms, by its last answer; null if it never said. */
  clockOffsetMs: number | null;
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
  /** Null: runs only on request. */
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
  fullReading: FullReading;
};

export type InstanceView = { id: string; host: string; pid: number; startedAt: string; mine: boolean };

export type HealthView = {
  at: string;
  checks: Check[];
  upstreams: UpstreamHealthView[];
  drift: DriftView[];
  jobs: JobView[];
  sync: SyncView | null;
  /** `split`: the console's own role can change neither the audit nor the tables. */
  database: { bytes: number; connections: number; role: string; split: boolean };
  instances: InstanceView[];
  appKeys: AppKeyUse[];
  /** Rows of before sealing that still have phones or codes in the clear. */
  unsealed: number;
  process: { memoryBytes: number; uptimeSeconds: number };
  /** Null: the database's disk can't be seen. `short`: nothing new is sent. */
  disk: { freeBytes: number; short: boolean } | null;
  /** Outcomes that stand in this process's memory and nowhere else. */
  unrecorded: number;
};
