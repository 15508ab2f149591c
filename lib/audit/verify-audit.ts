import "server-only";
import { type ChainReport, chainKeys, chainSource, readHeads, verifyChain } from "@/lib/audit-chain";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { database } from "@/lib/db/client";
import { withLock } from "@/lib/db/with-lock";
import { recordAudit } from "./record-audit";

/**
 * Check every record there is, one check at a time over all processes. That it was done, and what came of it, is a
 * record too. Throws AppError "busy" while another check runs.
 */
export async function verifyAudit({ ctx }: { ctx: Ctx }): Promise<ChainReport> {
  const { pool } = database();
  const run = await withLock("audit-verify", async () => {
    const heads = await readHeads(env().DATA_DIR);
    const source = chainSource((text, values) => pool.query(text, values));
    return verifyChain(source, { keys: chainKeys(env().APP_KEYS), heads });
  });
  if (!run) throw new AppError("busy", "audit_check_runs");
  const { fault, checked } = run.value;
  const detail = { checked, ...(fault && { fault: fault.kind, seq: fault.seq, auditId: fault.auditId }) };
  await recordAudit(ctx.db, ctx, {
    action: "audit.verified",
    targetKind: "audit",
    outcome: fault ? "failed" : "ok",
    detail,
  });
  return run.value;
}
