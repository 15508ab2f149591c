import type { Credentials } from "../core/credentials.ts";
import type { SandboxOptions } from "../core/options.ts";
import type { Store } from "../store/store.ts";

/** What the upstreams' handlers read and change. */
export type UpstreamState = {
  store: Store;
  options: SandboxOptions;
  credentials: Credentials;
  /** Nonce → when it may be used again. */
  nonces: Map<string, number>;
  /** Makes ids unique within a millisecond. */
  nextSequence(): number;
};
