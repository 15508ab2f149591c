import "server-only";
import type { Ctx } from "@/lib/context";
import { FairSlots } from "@/lib/core/concurrency/fair-slots";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";

const slot = sharedSlot<FairSlots>("exports");

/**
 * Make an export's file: one of a person at a time, and two in this process, for each holds all its rows in memory. The
 * next is refused at once with AppError "too_many", which says whether it is an own one or other people's.
 */
export function withExportSlot<T>({ actor }: Ctx, work: () => Promise<T>): Promise<T> {
  slot.value ??= new FairSlots({ each: 1, all: 2 });
  return slot.value.run(actor.id ?? actor.name, work, (taken) => {
    return new AppError("too_many", taken === "own" ? "export_own_running" : "export_others_running");
  });
}
