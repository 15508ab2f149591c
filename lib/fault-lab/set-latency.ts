import "server-only";
import type { Ctx } from "@/lib/context";
import { changeFaultLab } from "./change-fault-lab";
import type { LabUpstream } from "./types";

type Input = { upstream: LabUpstream; ms: number };

/** Set an upstream's latency per call, ms. */
export async function setLatency({ ctx, input }: { ctx: Ctx; input: Input }): Promise<void> {
  const body = { latencyMs: { [input.upstream]: input.ms } };
  await changeFaultLab(ctx, { action: "latency_set", detail: input, method: "POST", path: "/options", body });
}
