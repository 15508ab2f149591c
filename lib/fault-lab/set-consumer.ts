import "server-only";
import type { Ctx } from "@/lib/context";
import { changeFaultLab } from "./change-fault-lab";

/** Let end users consume calls, `perSecond` over all cards; 0 stops it. */
export async function setConsumer({ ctx, input }: { ctx: Ctx; input: { perSecond: number } }): Promise<void> {
  await changeFaultLab(ctx, { action: "consumer_set", detail: input, method: "POST", path: "/consume", body: input });
}
