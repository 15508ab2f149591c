import { useState } from "react";
import { create } from "@/app/(console)/keys/actions";
import { confirmDestroyAction, confirmTransferAction } from "@/app/(console)/operations/actions";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { ApprovalDetail } from "@/lib/approvals";
import type { OperationKind } from "@/lib/operations/types";

/** Cards sent in one request; their answers come back together. */
const CHUNK = 10;

const invalidates = [queryKeys.approvals, queryKeys.operations, queryKeys.batches];

/**
 * Send what is left, by the same confirmations as in the dialogs. After a refused or a lost answer nothing more is sent:
 * the page is read again and shows what has begun. `refused` has a sentence for each card that was refused by itself.
 */
export function useSendApproved(approval: ApprovalDetail, kind: OperationKind, onDone: () => void) {
  const { sentence } = useErrorText();
  const transfer = useAction(confirmTransferAction, { effect: "operation", invalidates });
  const destroy = useAction(confirmDestroyAction, { effect: "operation", invalidates });
  const batch = useAction(create, { effect: "operation", invalidates });
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [running, setRunning] = useState(false);

  const calls = { transfer, destroy, generate: batch };
  const call = calls[kind];
  const drafts = approval.operations.filter(({ state }) => state === "draft").map(({ id }) => id);

  const sendAll = async (typed: string): Promise<boolean> => {
    const withPhrase = typed ? { typed } : {};
    if (kind === "generate") return (await batch.run(approval.batch)).ok;
    if (kind === "transfer") {
      for (const operationId of drafts) if (!(await transfer.run({ operationId, ...withPhrase })).ok) return false;
      return true;
    }
    const failed: string[] = [];
    for (let i = 0; i < drafts.length; i += CHUNK) {
      const result = await destroy.run({ operationIds: drafts.slice(i, i + CHUNK), ...withPhrase });
      if (!result.ok) return false;
      failed.push(...result.data.flatMap((row) => (row.ok ? [] : [sentence(row.error)])));
      setRefused([...failed]);
    }
    return failed.length === 0;
  };

  /** `typed`: the phrase, once the server has asked for one. */
  const send = async (typed: string) => {
    setRunning(true);
    setRefused([]);
    const sent = await sendAll(typed);
    setRunning(false);
    if (sent) onDone();
  };

  return { send, refused, call: { ...call, pending: running || call.pending } };
}
