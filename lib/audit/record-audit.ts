import "server-only";
import { randomUUID } from "node:crypto";
import { chainKeys, entryMac } from "@/lib/audit-chain";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { type About, hashesOf } from "./about-hash";

export type AuditEntry = {
  /** "<noun>.<verb>", a key under "audit.action". */
  action: string;
  targetKind?: string;
  targetId?: string;
  outcome?: "ok" | "refused" | "failed" | "unknown";
  /** No secrets, no full keys, phones masked. */
  detail?: Record<string, unknown>;
  /** The cards, phones and codes it is about: stored as keyed hashes, so that it is found by them. */
  about?: About;
};

/**
 * Write an audit row in the caller's transaction: both are committed or neither. It carries an HMAC of its own from the
 * start; its number and its place in the chain come later (seal-audit.ts), so that no two transactions wait for each other.
 */
export async function recordAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  const row = {
    at: ctx.now(),
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    action: entry.action,
    targetKind: entry.targetKind ?? null,
    targetId: entry.targetId ?? null,
    outcome: entry.outcome ?? "ok",
    requestId: ctx.requestId,
    ip: ctx.ip,
    userAgent: ctx.userAgent,
    detail: entry.detail ?? {},
    about: entry.about ? hashesOf(entry.about) : [],
    nonce: randomUUID(),
  };
  const [key] = chainKeys(env().APP_KEYS);
  await tx.insert(audit).values({ ...row, ...(key && { mac: entryMac(key.entry, row), macKey: key.tag }) });
}
