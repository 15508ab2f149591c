import "server-only";
import { AppError } from "@/lib/core/errors";

/** What is so large (setting) needs a note of whoever does it: the error belongs to that field. */
export const noteRequired = (): AppError =>
  new AppError("bad_input", "note_required", { fields: { note: "required" } });
