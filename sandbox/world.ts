import type { FaultBook } from "./fault-book.ts";
import type { Lab } from "./lab.ts";
import type { LateEffects } from "./late-effects.ts";
import type { Random } from "./random.ts";
import type { CallCounts, TrapHit, UpstreamName } from "./types.ts";

/** One running sandbox. */
export type World = {
  lab: Lab;
  faults: FaultBook;
  late: LateEffects;
  counts: Record<UpstreamName, CallCounts>;
  trap: { url: string; hits: TrapHit[] };
  random: Random;
  closed: boolean;
  /** The store changed: keep it. */
  changed(): void;
};
