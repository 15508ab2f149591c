import "server-only";
import { quietPeriodLeft } from "../journal/quiet-period-left";
import type { OperationRow } from "../journal/transition-operation";

/**
 * Whether the quiet period after the operation's call is over at `at`, now, on both clocks: from then on the upstream will
 * not act any more. A clock that is set forward proves nothing.
 */
export const isQuietPeriodOver = (row: Pick<OperationRow, "id" | "endedAt">, at: Date): boolean =>
  quietPeriodLeft(row, at) === 0;
