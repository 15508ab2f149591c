import type { UnreadableRow } from "../types";

/** 0 day, 1 week, 2 month, 3 quarter, 4 year, 5 permanent. */
type PotatoKeyType = 0 | 1 | 2 | 3 | 4 | 5;

/** A card key (卡密) as the console knows it. Only the key itself is indispensable. */
export type PotatoKey = {
  /** Past 2^53, so a string. */
  id: string | null;
  /** The key: 32 upper hex as documented. Never to be logged. */
  cardStr: string;
  type: number | null;
  /** `state` 1 unused, 0 used. */
  used: boolean | null;
  /** `status` 0 deleted, 1 in use. */
  deleted: boolean | null;
  createdAt: Date | null;
  /** Beijing time upstream; only on used keys of a list. */
  expiresAt: Date | null;
  /** `systemStr`, the device of a used key. */
  device: string | null;
  /** `exportState` as given: its values are not documented. */
  exportState: number | null;
  /** The address it was made from. */
  ip: string | null;
};

/** Fewer, more or duplicate keys than asked for are for the caller to handle; nothing is dropped. */
export type CreatedKeys = { keys: PotatoKey[]; unreadable: UnreadableRow[] };

export type KeyList = CreatedKeys & {
  /** Rows in this answer, unreadable ones included. */
  rows: number;
};

export type CreateKeysInput = {
  type: PotatoKeyType;
  /** 1 to 10: more is an error. */
  total: number;
};

export type ListKeysInput = {
  /** From 1. */
  page: number;
  /** At most 1000. */
  size: number;
  type?: PotatoKeyType;
  /** Fuzzy. */
  cardStr?: string;
  /** 1 unused, 0 used. */
  state?: 0 | 1;
};
