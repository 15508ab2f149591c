import "server-only";
import type { Ctx } from "@/lib/context";
import { assertFreshProof } from "@/lib/users";

/**
 * Whether an endpoint demands that its caller proved lately who they are: always, never, or as it says of an input.
 * For what can't be undone or reveals much: docs/decisions/step-up.md.
 */
export type FreshProof<I> = boolean | ((call: { ctx: Ctx; input: I }) => boolean | Promise<boolean>);

/** Throws AppError "proof_required" if the endpoint demands a fresh proof of this call and there is none. */
export async function demandProof<I>(freshProof: FreshProof<I>, call: { ctx: Ctx; input: I }): Promise<void> {
  const demanded = typeof freshProof === "function" ? await freshProof(call) : freshProof;
  if (demanded) await assertFreshProof(call.ctx.db, call.ctx);
}

/** For the access table. */
export const proofDemand = (freshProof: FreshProof<never>): "always" | "sometimes" | "never" =>
  typeof freshProof === "function" ? "sometimes" : freshProof ? "always" : "never";
