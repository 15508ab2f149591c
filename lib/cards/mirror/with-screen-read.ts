import "server-only";
import type { Ctx } from "@/lib/context";
import { FairSlots } from "@/lib/core/concurrency/fair-slots";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";

/** A person opens a card while another one is still being read; nobody looks at more at once. */
const AT_ONCE = 2;

const slot = sharedSlot<FairSlots>("screen-reads");

/**
 * Run a live read that only a screen waits for. Each person has two at a time, in line or under way; the next is refused at
 * once with AppError "too_many", so that nobody fills the line in front of the upstream.
 */
export function withScreenRead<T>({ actor }: Ctx, read: () => Promise<T>): Promise<T> {
  slot.value ??= new FairSlots({ each: AT_ONCE });
  return slot.value.run(actor.id ?? actor.name, read, () => new AppError("too_many", "reads_running"));
}
