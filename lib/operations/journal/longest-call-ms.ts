import "server-only";
import { env } from "@/lib/core/env";

/** A process that was suspended between its journal and its call must not call: the operation may have been taken over. */
export const MAX_JOURNAL_TO_CALL_MS = 5_000;

/** From the journal to the end of a call: it may wait in the queue as long as it may last. */
export const longestCallMs = (): number => 2 * env().UPSTREAM_WRITE_TIMEOUT_MS + MAX_JOURNAL_TO_CALL_MS;
