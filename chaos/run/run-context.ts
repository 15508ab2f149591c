import type { Client } from "../client/client.ts";
import type { Console } from "../cluster/console.ts";
import type { DbReader } from "../cluster/db-reader.ts";
import type { SmallDisk } from "../cluster/small-disk.ts";
import type { Upstreams } from "../cluster/upstreams.ts";
import type { WallClock } from "../cluster/wall-clock.ts";
import type { Acknowledgement } from "../history/history.ts";
import type { Pacing } from "./pacing.ts";

/** What every part of a run shares. */
export type RunContext = {
  seed: number;
  consoles: readonly Console[];
  operator: Client;
  admin: Client;
  upstreams: Upstreams;
  /** The consoles' wall clock; that of the sandbox and of the run is ours. */
  clock: WallClock;
  /** The disk of the database, if it can be filled. */
  disk: SmallDisk | null;
  pacing: Pacing;
  db: DbReader;
  /** The consoles' own: they open what is sealed. */
  appKeys: string;
  acknowledged: Acknowledgement[];
  /** Aborted when the run ends, is interrupted or takes too long. */
  signal: AbortSignal;
};
