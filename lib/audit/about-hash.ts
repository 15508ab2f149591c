import "server-only";
import { createHmac } from "node:crypto";
import { type DerivedKey, deriveKeys } from "@/lib/core/derive-keys";
import { env } from "@/lib/core/env";

/** What a record is about, as it is; only keyed hashes of it are stored. */
export type About = { cards?: readonly string[]; phones?: readonly string[]; codes?: readonly string[] };

/** As many as a selection may hold. A record about more says by its filter and its file's SHA-256 which they were. */
const MOST = 10_000;
/** Of 32 bytes: enough that no two cards of ours meet, and a third of the room. */
const BYTES = 12;

let parsed: { text: string; keys: DerivedKey[] } = { text: "", keys: [] };

function aboutKeys(): DerivedKey[] {
  const text = env().APP_KEYS ?? "";
  if (parsed.text !== text) parsed = { text, keys: deriveKeys(text, "audit about v1") };
  return parsed.keys;
}

/** The hashes to store, under the newest key; none of what is more than 10,000 things, and none without APP_KEYS. */
export function hashesOf(about: About): string[] {
  const [newest] = aboutKeys();
  const texts = textsOf(about);
  return newest && texts.length <= MOST ? texts.map((text) => hash(newest, text)) : [];
}

/** The hashes to search for: under every key there is, since a record keeps those of the day it was written. */
export const searchHashes = (about: About): string[] =>
  aboutKeys().flatMap((key) => textsOf(about).map((text) => hash(key, text)));

/** Each kind by itself: a code that reads like an id is not that card. */
function textsOf({ cards = [], phones = [], codes = [] }: About): string[] {
  const texts = [
    ...cards.map((id) => `card:${id}`),
    ...phones.map((phone) => `phone:${phone}`),
    ...codes.map((code) => `code:${code}`),
  ];
  return [...new Set(texts)];
}

const hash = ({ secret }: DerivedKey, text: string): string =>
  createHmac("sha256", secret).update(text).digest().subarray(0, BYTES).toString("base64url");
