"use server";

import { defineAction } from "@/lib/action";
import { cardIdSchema, nothingSchema, revealSchema } from "@/lib/cards/card-inputs";
import { requestSync } from "@/lib/cards/request-sync";
import { rereadCard } from "@/lib/cards/reread-card";
import { revealCard } from "@/lib/cards/reveal-card";

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

export const revealCardAction = defineAction({
  name: "cards.reveal",
  role: "support",
  input: revealSchema,
  verb: revealCard,
});
