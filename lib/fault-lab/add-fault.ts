import "server-only";
import type { Ctx } from "@/lib/context";
import { changeFaultLab } from "./change-fault-lab";
import type { AddFault } from "./schemas";

/** Add a fault. Throws AppError bad_input for a combination that the catalogue does not allow. */
export async function addFault({ ctx, input }: { ctx: Ctx; input: AddFault }): Promise<void> {
  const { fault, upstream, call, effect, lateMs, count } = input;
  const rule = {
    fault,
    match: { ...(upstream && { upstream }), ...(call && { kind: call }), ...(count && { count }) },
    ...(effect && { effect: effect === "late" ? { lateMs } : effect }),
  };
  await changeFaultLab(ctx, { action: "fault_added", detail: rule, method: "POST", path: "/faults", body: rule });
}
