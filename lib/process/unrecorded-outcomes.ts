import "server-only";
import { sharedSlot } from "@/lib/core/shared-slot";

const slot = sharedSlot<number>("unrecorded-outcomes");

/** Outcomes this process knows and could not store yet: they are lost if it ends, and their operations become unknown. */
export const unrecordedOutcomes = (): number => slot.value ?? 0;

/** Count one more, or one less. */
export function countUnrecorded(change: 1 | -1): void {
  slot.value = unrecordedOutcomes() + change;
}
