import { z } from "zod";
import { storableText } from "@/lib/format/storable-text";
import { MAX_NOTE_TEXT } from "./types";

const cardId = z.string().min(1).max(64);
const userId = z.string().min(1).max(64);

/** By user id, or as whoever has a card: a phone is asked for by neither, so that it is in no address and no request. */
export const findCustomerSchema = z.union([z.strictObject({ userId }), z.strictObject({ cardId })]);

export const addNoteSchema = z.strictObject({
  about: findCustomerSchema,
  text: z
    .string({ error: "required" })
    .trim()
    .min(1, { error: "required" })
    .max(MAX_NOTE_TEXT, { error: "too_long" })
    .transform(storableText),
});

export const deleteNoteSchema = z.strictObject({ noteId: z.uuid() });

export type FindCustomer = z.output<typeof findCustomerSchema>;
