import { z } from "zod";
import { TIMELINE_SOURCES } from "./types";

/** The cards of one customer at most, and entries of one page. */
const MOST_CARDS = 200;
const MOST_ENTRIES = 100;

const cardId = z.string().min(1).max(64);
/** PostgreSQL has no year 0. */
const at = z.iso.datetime({ error: "bad_format" }).refine((text) => !text.startsWith("0000"), { error: "bad_format" });
const number = z.string().regex(/^\d{1,18}$/, { error: "bad_format" });

/** Where a page begins: the place of the last entry of the page before. */
const placeSchema = z.discriminatedUnion("source", [
  z.strictObject({ source: z.literal("firstSeen"), at, id: cardId }),
  z.strictObject({ source: z.literal("changes"), at, id: number }),
  z.strictObject({ source: z.literal("operations"), at, id: z.uuid() }),
  z.strictObject({ source: z.literal("reveals"), at, id: number }),
  z.strictObject({ source: z.literal("notes"), at, id: z.uuid() }),
  z.strictObject({ source: z.literal("tags"), at, id: number }),
]);

export const readTimelineSchema = z.strictObject({
  cardIds: z.array(cardId).min(1).max(MOST_CARDS),
  /** Only from these; none: from all. */
  sources: z.array(z.enum(TIMELINE_SOURCES)).max(TIMELINE_SOURCES.length).default([]),
  before: placeSchema.nullable().default(null),
  limit: z.int().min(1).max(MOST_ENTRIES).default(30),
});
