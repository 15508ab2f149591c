import "server-only";
import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { cardKey } from "@/lib/db/schema";
import type { KeyFilter, KeyStatus } from "../types";

const { used, deleted } = cardKey;

/** As `keyStatusOf` has it; a deleted key is that, used or not. */
const STATUS: Record<KeyStatus, SQL> = {
  deleted: sql`${deleted} is true`,
  used: sql`${deleted} is not true and ${used} is true`,
  unused: sql`${deleted} is not true and ${used} is false`,
  unseen: sql`${deleted} is not true and ${used} is null`,
};

/** The keys of a batch that a filter leaves. */
export function keyConditions(batchId: string, { flagged, status }: KeyFilter): SQL | undefined {
  return and(
    eq(cardKey.batchId, batchId),
    flagged ? isNotNull(cardKey.flag) : undefined,
    status ? STATUS[status] : undefined,
  );
}
