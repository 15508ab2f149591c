import "server-only";
import type { Ctx } from "@/lib/context";
import { changeFaultLab } from "./change-fault-lab";

/** Remove one fault, or all. */
export async function removeFaults({ ctx, input }: { ctx: Ctx; input: { id?: string } }): Promise<void> {
  const query = input.id ? `?${new URLSearchParams({ id: input.id })}` : "";
  const detail = { rule: input.id ?? "all" };
  await changeFaultLab(ctx, { action: "faults_removed", detail, method: "DELETE", path: `/faults${query}` });
}
