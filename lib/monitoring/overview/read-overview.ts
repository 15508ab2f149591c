import "server-only";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { upstreamStatus } from "@/lib/db/schema";
import { isConfigured } from "@/lib/upstream";
import { readSync } from "../read-sync";
import { readCardFigures } from "./read-card-figures";
import { readLowCards } from "./read-low-cards";
import { readRecentChanges } from "./read-recent-changes";
import { readRunningBatches } from "./read-running-batches";
import { readUnknownOperations } from "./read-unknown-operations";
import type { OverviewView } from "./types";

/** The overview. Reads our own database only: one query per part, all at once. */
export async function readOverview({ ctx }: { ctx: Ctx }): Promise<OverviewView> {
  const [{ types, balances, low, empty }, cards, unknownOperations, batches, recent, sync, [mirror]] =
    await Promise.all([
      readCardFigures({ ctx }),
      readLowCards({ ctx }),
      readUnknownOperations({ ctx }),
      readRunningBatches({ ctx }),
      readRecentChanges({ ctx }),
      readSync({ ctx }),
      ctx.db.select().from(upstreamStatus).where(eq(upstreamStatus.source, "espai.cards")),
    ]);
  return {
    configured: isConfigured("espai"),
    types,
    balances,
    low: { low, empty, cards },
    unknownOperations,
    batches,
    recent,
    sync,
    mirrorAsOf: mirror?.lastSuccessAt?.toISOString() ?? null,
    mirrorError: mirror?.errorKey ? { key: mirror.errorKey, details: mirror.errorDetails } : null,
  };
}
