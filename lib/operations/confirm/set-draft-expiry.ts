import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";

type Input = { ids: readonly string[]; expiresAt: Date };

/** Until when these can be confirmed, those of them that still are drafts. They are read live again before they are sent. */
export async function setDraftExpiry(tx: Tx, { ids, expiresAt }: Input): Promise<void> {
  const drafts = and(inArray(operation.id, [...ids]), eq(operation.state, "draft"));
  await tx.update(operation).set({ expiresAt }).where(drafts);
}
