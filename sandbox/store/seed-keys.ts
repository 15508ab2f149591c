import { beijingTime } from "../core/beijing-time.ts";
import { seededRandom } from "../core/seeded-random.ts";
import { type KeyRow, keyRow } from "./key-row.ts";

const DAY = 86_400_000;
const VALID_DAYS = [1, 7, 30, 90, 365, 36_500];

/** Keys that exist from the start, oldest first, a third of them used. */
export function seedKeys({ seed, count, now }: { seed: number; count: number; now: number }): KeyRow[] {
  const random = seededRandom(seed ^ 0x5eed);
  const today = Math.floor(now / DAY) * DAY;
  const keys: KeyRow[] = [];
  for (let i = 0; i < count; i++) {
    const createdDate = today - Math.floor(((count - i) / count) * 120 * DAY);
    const type = random.int(0, 5);
    const key = keyRow({ createdDate, sequence: i, type, cardStr: random.hex(32).toUpperCase() });
    if (random.next() < 0.33) {
      key.state = 0;
      key.modifiedDate = createdDate + random.int(1, 12) * 3_600_000;
      key.expireTime = beijingTime(key.modifiedDate + (VALID_DAYS[type] ?? 1) * DAY);
      key.systemStr = random.hex(16);
    }
    keys.push(key);
  }
  return keys;
}
