"use server";

import { lookUpCard, requestSync, rereadCard, revealCard } from "@/lib/cards";
import { cardIdSchema, lookUpSchema, revealSchema } from "@/lib/cards/schemas";
import { nothingSchema } from "@/lib/core/schemas";
import { defineAction } from "@/lib/web/action";

export const requestSyncAction = defineAction({
  name: "cards.sync.request",
  role: "support",
  input: nothingSchema,
  verb: requestSync,
});

export const rereadCardAction = defineAction({
  name: "cards.reread",
  role: "support",
  input: cardIdSchema,
  verb: rereadCard,
});

export const lookUpCardAction = defineAction({
  name: "cards.lookUp",
  role: "support",
  input: lookUpSchema,
  verb: lookUpCard,
});

export const revealCardAction = defineAction({
  name: "cards.reveal",
  role: "support",
  input: revealSchema,
  verb: revealCard,
});
