import "server-only";
import type { Ctx } from "@/lib/context";
import { FairSlots } from "@/lib/core/concurrency/fair-slots";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";

const slot = sharedSlot<FairSlots>("look-ups");

/**
 * Look up many lines: one paste of a person at a time and four in this process, for the lines of a long one take a core for a
 * tenth of a second. The next is refused at once with AppError "too_many".
 */
export function withLookUpSlot<T>({ actor }: Ctx, work: () => Promise<T>): Promise<T> {
  slot.value ??= new FairSlots({ each: 1, all: 4 });
  return slot.value.run(actor.id ?? actor.name, work, (taken) => {
    return new AppError("too_many", taken === "own" ? "look_up_own_running" : "look_up_others_running");
  });
}
