import "server-only";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";

/** Whether the browser brings a signed cookie of somebody who signed in there before. */
export type Lane = "known" | "unknown";

/** How many sign-ins may be under way at once. Of the same lane only: strangers never fill the places of the others. */
export const PLACES: Record<Lane, number> = { known: 32, unknown: 32 };

const slot = sharedSlot<Record<Lane, number>>("sign-in-places");

/**
 * Take a place for one sign-in, before the database or argon2 works for it. Returns how to leave it. AppError
 * "too_many" ("sign_in_busy") if there is none: a caller is told at once, and nobody waits behind thousands.
 */
export function takePlace(lane: Lane): () => void {
  slot.value ??= { known: 0, unknown: 0 };
  const taken = slot.value;
  if (taken[lane] >= PLACES[lane]) throw new AppError("too_many", "sign_in_busy");
  taken[lane] += 1;
  let held = true;
  return () => {
    if (held) taken[lane] -= 1;
    held = false;
  };
}
