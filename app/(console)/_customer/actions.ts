"use server";

import { addNote, deleteNote } from "@/lib/customers";
import { addNoteSchema, deleteNoteSchema } from "@/lib/customers/schemas";
import { defineAction } from "@/lib/web/action";

export const addNoteAction = defineAction({
  name: "customers.addNote",
  role: "support",
  input: addNoteSchema,
  verb: addNote,
});

export const deleteNoteAction = defineAction({
  name: "customers.deleteNote",
  role: "support",
  input: deleteNoteSchema,
  verb: deleteNote,
});
