import "server-only";
import { inArray, or } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { card, operationCard } from "@/lib/db/schema";
import { classifySearch } from "@/lib/format/classify-search";
import { searchHashes } from "./about-hash";

/** What records a card, phone or code is found by. */
export type AboutSearch = { hashes: string[]; cards: string[]; operations: string[] };

/** More cards than this have no phone in common. */
const MOST_CARDS = 100;
/** The newest of a card's operations; older ones are found by their own page. */
const MOST_OPERATIONS = 1_000;

/**
 * What to look for to find every record about one card, given as its id, code or the phone it belongs to: the hashes of
 * what was given and of the cards that have it now, their ids, and their operations.
 */
export async function findAbout(db: Tx, text: string): Promise<AboutSearch> {
  const given = aboutOf(text);
  const spellings = given.phones.flatMap((phone) => [phone, `86${phone}`]);
  const has = or(inArray(card.phone, spellings), inArray(card.code, given.codes), inArray(card.id, given.cards));
  const mirrored = await db.select({ id: card.id }).from(card).where(has).limit(MOST_CARDS);
  const cards = [...new Set([...given.cards, ...mirrored.map(({ id }) => id)])];
  const found =
    cards.length === 0
      ? []
      : await db
          .selectDistinct({ id: operationCard.operationId })
          .from(operationCard)
          .where(inArray(operationCard.cardId, cards))
          .limit(MOST_OPERATIONS);
  return { hashes: searchHashes({ ...given, cards }), cards, operations: found.map(({ id }) => id) };
}

/** What a text names: a phone, a code or an id. */
export const aboutOf = (text: string) => ({
  phones: valuesOf(text, "phone"),
  codes: valuesOf(text, "code"),
  cards: valuesOf(text, "id"),
});

const valuesOf = (text: string, kind: "phone" | "code" | "id"): string[] =>
  classifySearch(text).flatMap((guess) => (guess.kind === kind ? [guess.value] : []));
