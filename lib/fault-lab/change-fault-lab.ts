import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { askSandbox } from "./sandbox-admin";

type Change = { action: string; detail: Record<string, unknown> } & (
  | { method: "POST"; path: string; body: unknown }
  | { method: "DELETE"; path: string }
);

/** Change the sandbox, audited: the audit row and the change happen together or not at all. */
export async function changeFaultLab(ctx: Ctx, { action, detail, ...call }: Change): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await recordAudit(tx, ctx, { action: `lab.${action}`, detail });
    await askSandbox({ ...call, answer: z.unknown() });
  });
}
