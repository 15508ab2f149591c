export const LAB_UPSTREAMS = ["espai", "potato", "talkbot"] as const;
export const LAB_CALLS = ["transfer", "destroy", "generate", "list", "detail", "keys", "billing", "usage"] as const;
export const LAB_EFFECTS = ["never", "before", "late"] as const;
export const SCENARIOS = [
  "transferLost",
  "transferLate",
  "transferNever",
  "destroyLost",
  "chunkHalfLost",
  "chunkLost",
  "espaiDown",
  "usersConsume",
] as const;

export type LabUpstream = (typeof LAB_UPSTREAMS)[number];
type LabEffect = (typeof LAB_EFFECTS)[number];
export type Scenario = (typeof SCENARIOS)[number];

export type LabRule = {
  id: string;
  fault: string;
  upstream: string | null;
  call: string | null;
  effect: LabEffect;
  lateMs: number | null;
  /** How long it lasts, ms; only for faults that end by themselves. */
  lastsMs: number | null;
  fired: number;
  count: number | null;
};
export type LabFault = { name: string; effects: LabEffect[]; calls: string[] | null };
/** A write the sandbox received, and whether it took effect: what the console has to find out. */
export type LabWrite = {
  seq: number;
  at: string;
  kind: string;
  fault: string | null;
  happened: "yes" | "later" | "no";
};
export type LabView = {
  rules: LabRule[];
  faults: LabFault[];
  upstreams: { upstream: LabUpstream; latencyMs: number; listening: boolean; calls: number; inFlight: number }[];
  consumer: number;
  consumed: number;
  writes: LabWrite[];
};
