import "server-only";
import { env } from "@/lib/core/env";
import type { OperationRow } from "../journal/transition-operation";

/** Whether the quiet period after the operation's call is over: from then on the upstream will not act any more. */
export const isQuietPeriodOver = ({ endedAt }: Pick<OperationRow, "endedAt">, at: Date): boolean =>
  endedAt !== null && at.getTime() - endedAt.getTime() >= env().QUIET_PERIOD_SECONDS * 1000;
