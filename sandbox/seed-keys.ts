import { beijingTime } from "./beijing-time.ts";
import { seededRandom } from "./random.ts";
import { snowflake } from "./snowflake.ts";
import type { KeyRow } from "./types.ts";

const DAY = 86_400_000;
const LASTS_DAYS = [1, 7, 30, 90, 365, 36_500];

/** Keys made before the console came along, oldest first, a third of them used. */
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
      key.expireTime = beijingTime(key.modifiedDate + (LASTS_DAYS[type] ?? 1) * DAY);
      key.systemStr = random.hex(16);
    }
    keys.push(key);
  }
  return keys;
}

/** A fresh key; app and address are those of the documented example. */
export function keyRow(fresh: { createdDate: number; sequence: number; type: number; cardStr: string }): KeyRow {
  return {
    id: snowflake(fresh.createdDate, fresh.sequence),
    createdDate: fresh.createdDate,
    modifiedDate: fresh.createdDate,
    status: 1,
    ip: "127.0.0.1",
    appId: "657801375071686656",
    cardStr: fresh.cardStr,
    exportState: 1,
    state: 1,
    type: fresh.type,
  };
}
