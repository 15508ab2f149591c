import { z } from "zod";
import { pagingShape } from "@/lib/core/schemas";
import { storableText } from "@/lib/format/storable-text";
import { FOLLOW_UP_STATES, FOLLOW_UP_WHOSE, MAX_FOLLOW_UP_TEXT, MOST_DUE_MINUTES } from "./types";

const cardId = z.string().min(1).max(64);

/** Due when the operation's outcome is known, or in so many minutes, whichever comes first. */
export const openFollowUpSchema = z
  .strictObject({
    cardId,
    operationId: z.uuid().nullable().default(null),
    dueInMinutes: z.int().min(1, { error: "out_of_range" }).max(MOST_DUE_MINUTES, { error: "out_of_range" }).nullable(),
    /** Null: the actor. */
    assignTo: z.uuid().nullable().default(null),
    text: z
      .string({ error: "required" })
      .trim()
      .min(1, { error: "required" })
      .max(MAX_FOLLOW_UP_TEXT, { error: "too_long" })
      .transform(storableText),
  })
  .refine(({ operationId, dueInMinutes }) => operationId !== null || dueInMinutes !== null, {
    path: ["dueInMinutes"],
    error: "required",
  });

export const finishFollowUpSchema = z.strictObject({ followUpId: z.uuid() });
export const handOverFollowUpSchema = z.strictObject({ followUpId: z.uuid(), to: z.uuid({ error: "required" }) });

export const listFollowUpsSchema = z.strictObject({
  whose: z.enum(FOLLOW_UP_WHOSE).default("all"),
  state: z.enum(FOLLOW_UP_STATES).default("open"),
  /** Of these cards alone; empty: of any. */
  cardIds: z.array(cardId).max(200).default([]),
  ...pagingShape,
});
