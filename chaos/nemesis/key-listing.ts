import type { KeyListing } from "../cluster/upstreams.ts";
import type { Options } from "../options.ts";
import { randomOf } from "../run/seeds.ts";

/**
 * How PotatoCloud lists keys in this run, drawn from the seed: the lag and the cap between half of what the options allow
 * and all of it, and which of the two ways a capped list counts its pages and ends.
 */
export function drawKeyListing({ seed, listLag, pageCap }: Pick<Options, "seed" | "listLag" | "pageCap">): KeyListing {
  const random = randomOf(seed, "key listing");
  const upTo = (limit: number) => random.int(Math.ceil(limit / 2), limit);
  return {
    listLagMs: upTo(listLag),
    keyPageCap: upTo(pageCap) || null,
    keyPageStep: random.pick(["asked", "given"] as const),
    keyPageEnd: random.pick(["nothing", "repeat"] as const),
  };
}
