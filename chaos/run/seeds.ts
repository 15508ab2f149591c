import { createHash } from "node:crypto";
import { type Random, seededRandom } from "../../sandbox/core/seeded-random.ts";

/** A separate random stream for each decision maker, so that the draws of one never shift those of another. */
export function randomOf(seed: number, ...names: (string | number)[]): Random {
  return seededRandom(seedOf(seed, ...names));
}

/** The seed of such a stream. */
export const seedOf = (seed: number, ...names: (string | number)[]): number =>
  createHash("sha256")
    .update([seed, ...names].join("/"))
    .digest()
    .readUInt32BE();

/** A version 4 uuid from a seeded stream. */
export function uuidOf(random: Random): string {
  const hex = random.hex(32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}
