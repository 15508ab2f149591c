import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { skipN } from "pure-rand/utils/skipN";

export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [min, max]. Throws a RangeError if there is none. */
  int(min: number, max: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  hex(length: number): string;
  text(length: number, alphabet: string): string;
};

/** The generator's first outputs are nearly the same for all small seeds; after this many they are independent. */
const WARM_UP = 64;

/** A generator whose values follow from the seed. Not for secrets. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  skipN(generator, WARM_UP);
  const int = (min: number, max: number) => {
    if (!(min <= max)) throw new RangeError(`no integer from ${min} to ${max}`);
    return uniformInt(generator, min, max);
  };
  return {
    next: () => uniformFloat64(generator),
    int,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    hex: (length) => {
      let out = "";
      while (out.length < length) out += (generator.next() >>> 0).toString(16).padStart(8, "0");
      return out.slice(0, length);
    },
    text: (length, alphabet) => {
      let out = "";
      for (let i = 0; i < length; i++) out += alphabet.charAt(int(0, alphabet.length - 1));
      return out;
    },
  };
}
