import "server-only";
import { openText, sealText } from "@/lib/core/app-keys";
import { customerNoteContext } from "@/lib/core/sealing";

/** A note as it may be stored. Throws AppError "not_configured" without APP_KEYS: what can't be sealed is not kept. */
export const sealNote = (id: string, text: string): Buffer => sealText(text, customerNoteContext(id));

/** Undo {@link sealNote}. Null: it does not open, its app key is gone or a byte was changed. */
export function openNote(id: string, sealed: Buffer): string | null {
  try {
    return openText(sealed, customerNoteContext(id));
  } catch {
    return null;
  }
}
