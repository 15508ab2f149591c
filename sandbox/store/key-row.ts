import { snowflake } from "./snowflake.ts";

/** A card key as PotatoCloud stores it. `state` 1 unused, 0 used; used keys carry the last two fields. */
export type KeyRow = {
  id: string;
  createdDate: number;
  modifiedDate: number;
  status: number;
  ip: string;
  appId: string;
  cardStr: string;
  exportState: number;
  state: number;
  type: number;
  expireTime?: string;
  systemStr?: string;
};

type FreshKey = { createdDate: number; sequence: number; type: number; cardStr: string; ip?: string };

const madeAt = new WeakMap<KeyRow, number>();

/** When a key was made, in our time: a fault may put the upstream's clock, and with it the key's own date, ahead. */
export const keyMadeAt = (key: KeyRow): number => madeAt.get(key) ?? key.createdDate;

/** An unused key; app and, unless given, address are those of the documented example. */
export function keyRow(fresh: FreshKey): KeyRow {
  const row: KeyRow = {
    id: snowflake(fresh.createdDate, fresh.sequence),
    createdDate: fresh.createdDate,
    modifiedDate: fresh.createdDate,
    status: 1,
    ip: fresh.ip ?? "127.0.0.1",
    appId: "657801375071686656",
    cardStr: fresh.cardStr,
    exportState: 1,
    state: 1,
    type: fresh.type,
  };
  madeAt.set(row, Math.min(fresh.createdDate, Date.now()));
  return row;
}
