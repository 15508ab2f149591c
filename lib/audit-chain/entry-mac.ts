import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { type DerivedKey, deriveKeys } from "../core/derive-keys.ts";

/** The keys of the chain by purpose: one pair for each of APP_KEYS, newest first. Empty without APP_KEYS. */
export type ChainKeys = { tag: string; entry: Buffer; seal: Buffer }[];

let parsed: { text: string; keys: ChainKeys } = { text: "", keys: [] };

/** Derived once for each value of APP_KEYS. */
export function chainKeys(appKeys: string | undefined): ChainKeys {
  const text = appKeys ?? "";
  if (parsed.text === text) return parsed.keys;
  const seals = deriveKeys(text, "audit chain v1");
  const keys = deriveKeys(text, "audit entry v1").map(({ tag, secret }: DerivedKey, i) => ({
    tag,
    entry: secret,
    seal: seals[i]?.secret ?? secret,
  }));
  parsed = { text, keys };
  return keys;
}

/** What of a record is under its HMAC: everything but its id, which the database gives. */
export type Entry = {
  at: Date;
  actorId: string | null;
  actorName: string;
  action: string;
  targetKind: string | null;
  targetId: string | null;
  outcome: string;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
  detail: unknown;
  about: readonly string[];
  nonce: string | null;
};

/** The same text for the same record, as it was written and as the database gives it back. */
export function encodeEntry(entry: Entry): string {
  const { at, actorId, actorName, action, targetKind, targetId, outcome, requestId, ip, userAgent } = entry;
  const fields = [actorId, actorName, action, targetKind, targetId, outcome, requestId, ip, userAgent];
  const detail = sorted(JSON.parse(JSON.stringify(entry.detail)));
  return JSON.stringify([at.toISOString(), ...fields.map(wellFormed), detail, entry.about, entry.nonce]);
}

/** The HMAC of a record by itself: made when it is written, without waiting for any other. */
export const entryMac = (key: Buffer, entry: Entry): string => macOf(key, encodeEntry(entry));

/** What a seal is over: its place, the HMAC before it, and the record with its own HMAC. */
export type Sealed = { seq: number; before: string; sealedAt: Date; auditId: number; entry: Entry; mac: string | null };

/** The HMAC that links a record to its number and to the one before. */
export function sealMac(key: Buffer, { seq, before, sealedAt, auditId, entry, mac }: Sealed): string {
  const place = JSON.stringify([seq, before, sealedAt.toISOString(), auditId, mac]);
  return macOf(key, `${place}\n${encodeEntry(entry)}`);
}

/** Before the first number. */
export const CHAIN_START = "";

/** Compared in constant time: what is given may be anybody's. */
export function sameMac(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const macOf = (key: Buffer, text: string): string => createHmac("sha256", key).update(text).digest("base64url");

/** As the database stores it: half of a pair becomes U+FFFD. */
const wellFormed = (text: string | null): string | null => text?.toWellFormed() ?? null;

/** The database keeps no order of names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}
