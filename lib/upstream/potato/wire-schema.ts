import { z } from "zod";

/** PotatoCloud's envelope. `code` is documented as a string; a number is taken alike. */
export const potatoEnvelope = z.object({
  code: z.union([z.string(), z.number()]).transform((code) => String(code).trim()),
  message: z.string().nullish().catch(null),
  status: z.unknown().optional(),
  data: z.unknown().optional(),
  time: z.unknown().optional(),
  sign: z.unknown().optional(),
});

/** 0 day, 1 week, 2 month, 3 quarter, 4 year, 5 permanent. */
export type PotatoKeyType = 0 | 1 | 2 | 3 | 4 | 5;

/** A card key (卡密) as PotatoCloud tells it. Only the key itself is indispensable. */
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
