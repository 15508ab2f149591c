import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type DerivedKey, deriveKeys } from "./derive-keys.ts";

/** A key of APP_KEYS, derived for what it seals. */
export type AppKey = DerivedKey;

const FORMAT = 1;
const IV = 12;
const MAC = 16;

/** `k1:base64,k2:base64` → AES-256 keys for what is stored sealed. Their purpose has the name of the first such thing. */
export const parseAppKeys = (text: string): AppKey[] => deriveKeys(text, "card keys v1");

/**
 * Encrypt with `key`, bound to `context`: a cipher moved elsewhere does not open.
 * Layout: format (1), length of the tag (1), tag, iv (12), mac (16), cipher text.
 */
export function seal({ tag, secret }: AppKey, plain: string, context: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv("aes-256-gcm", secret, iv);
  cipher.setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const name = Buffer.from(tag);
  return Buffer.concat([Buffer.from([FORMAT, name.length]), name, iv, cipher.getAuthTag(), text]);
}

/** Undo {@link seal}. Throws if the key of that tag is not among `keys` or is another one, or if anything was changed. */
export function open(keys: readonly AppKey[], sealed: Buffer, context: string): string {
  const tag = tagOf(sealed);
  const key = keys.find((candidate) => candidate.tag === tag);
  if (!key) throw new Error("there is no key for this cipher");
  const ivAt = 2 + (sealed[1] ?? 0);
  const macAt = ivAt + IV;
  const decipher = createDecipheriv("aes-256-gcm", key.secret, sealed.subarray(ivAt, macAt));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(macAt, macAt + MAC));
  return Buffer.concat([decipher.update(sealed.subarray(macAt + MAC)), decipher.final()]).toString("utf8");
}

/** The tag of the key that sealed it. */
export function tagOf(sealed: Buffer): string {
  if (sealed[0] !== FORMAT) throw new Error("this is no cipher of ours");
  return sealed.subarray(2, 2 + (sealed[1] ?? 0)).toString();
}

/** What an operation's phones and codes are bound to, and the values of a change of a card. */
export const operationContext = (operationId: string): string => `operation.sealed ${operationId}`;
export const cardEventContext = (eventId: string | number): string => `card_event.sealed ${eventId}`;

/** What people wrote down about customers is bound to. */
export const customerNoteContext = (noteId: string): string => `customer_note.sealed ${noteId}`;
export const followUpContext = (followUpId: string): string => `follow_up.sealed ${followUpId}`;

/** What the secret of a user's authenticator app is bound to. A card key is bound to its row's id, which is never this. */
export const totpContext = (userId: string): string => `totp ${userId}`;

/** What the address and the secrets of a channel for alerts are bound to. */
export const alertChannelContext = (channelId: string): string => `alert_channel.sealed ${channelId}`;
