import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { violates } from "@/lib/db/errors";
import { identity } from "@/lib/db/schema";
import type { ProviderClaims } from "./read-claims";

type Link = { userId: string; username: string; by: "oneself" | "link"; claims: ProviderClaims };

/** Link a user to whom the provider named, in the caller's transaction. AppError "conflict": one of the two is linked already. */
export async function storeIdentity(tx: Tx, ctx: Ctx, { userId, username, by, claims }: Link): Promise<void> {
  const { issuer, subject, label } = claims;
  await tx
    .insert(identity)
    .values({ userId, issuer, subject, label, roleByClaim: false, createdAt: ctx.now() })
    .catch(onTakenIdentity);
  const detail = { username, by, identity: label };
  await recordAudit(tx, ctx, { action: "user.identity_linked", targetKind: "user", targetId: userId, detail });
}

function onTakenIdentity(error: unknown): never {
  if (violates(error, "identity_subject_key")) throw new AppError("conflict", "identity_of_another");
  if (violates(error, "identity_user_key")) throw new AppError("conflict", "identity_linked");
  throw error;
}
