import { recognize } from "./recognize/recognize";

/** The longest tag, in characters. */
export const MAX_TAG = 20;

/** Why a text is no tag: a key of the `errors` messages. */
export type TagError = "required" | "too_long" | "tag_private";

/**
 * A tag as it is kept: one line, full-width letters plain, nothing invisible. What may be a phone, a code, a key or an id is
 * refused: tags stand in addresses, in saved views and in the audit, where none of these may.
 */
export function readTag(typed: string): { tag: string } | { error: TagError } {
  const tag = typed
    .toWellFormed()
    .normalize("NFKC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  if (tag === "") return { error: "required" };
  // Before its length: what is too long may be a key.
  if (namesPrivate(tag)) return { error: "tag_private" };
  return tag.length > MAX_TAG ? { error: "too_long" } : { tag };
}

/** What tags are compared by: VIP and vip are one. */
export const tagKeyOf = (tag: string): string => tag.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();

function namesPrivate(tag: string): boolean {
  // Digits of other scripts count as digits.
  const plain = tag.replace(/[^\P{Nd}0-9]/gu, "0");
  return (
    /\d{7}|[0-9a-z]{16}/i.test(plain) ||
    // Whatever stands between its digits: people write phones with dots, bars and commas too.
    /1[3-9]\d{9}/.test(plain.replace(/[^\p{L}\p{N}]/gu, "")) ||
    recognize(tag).some(
      ({ kind, exactness }) =>
        kind !== "name" && kind !== "reference" && ["whole", "masked", "read"].includes(exactness),
    )
  );
}
