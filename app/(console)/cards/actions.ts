"use server";

import {
  addTag,
  deleteView,
  lookUpCard,
  removeTag,
  requestSync,
  rereadCard,
  revealCard,
  saveView,
  setDefaultView,
} from "@/lib/cards";
import {
  cardIdSchema,
  defaultViewSchema,
  lookUpSchema,
  revealSchema,
  saveViewSchema,
  tagSchema,
  viewIdSchema,
} from "@/lib/cards/schemas";
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

/** A shared view takes an operator; the verb checks that. */
export const saveViewAction = defineAction({
  name: "cards.views.save",
  role: "support",
  input: saveViewSchema,
  verb: saveView,
});

export const deleteViewAction = defineAction({
  name: "cards.views.delete",
  role: "support",
  input: viewIdSchema,
  verb: deleteView,
});

export const setDefaultViewAction = defineAction({
  name: "cards.views.setDefault",
  role: "support",
  input: defaultViewSchema,
  verb: setDefaultView,
});

export const addTagAction = defineAction({
  name: "cards.tags.add",
  role: "support",
  input: tagSchema,
  verb: addTag,
});

export const removeTagAction = defineAction({
  name: "cards.tags.remove",
  role: "support",
  input: tagSchema,
  verb: removeTag,
});
