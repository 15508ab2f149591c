import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { TypedPhraseField } from "@/components/typed-phrase/typed-phrase-field";
import { Callout } from "@/components/ui/callout";
import type { ApprovalDetail } from "@/lib/approvals";
import type { OperationKind } from "@/lib/operations/types";
import { useApprovalTitle } from "../../_components/use-approval-title";
import { useSendApproved } from "./use-send-approved";

type Props = { approval: ApprovalDetail; kind: OperationKind; onClose: () => void };

/** The requester's last confirmation: what is left of an approved request is sent, by the ids that were approved. */
export function SendDialog({ approval, kind, onClose }: Props) {
  const t = useTranslations("approvals.send");
  const titleOf = useApprovalTitle();
  const { send, call, refused } = useSendApproved(approval, kind, onClose);
  const [typed, setTyped] = useState("");
  // Kept while the confirmation with it is under way, when there is no error.
  const [phrase, setPhrase] = useState<string | null>(null);
  const wanted = call.error?.key === "phrase_required" ? call.error.params?.phrase : undefined;
  if (typeof wanted === "string" && wanted !== phrase) setPhrase(wanted);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("title")}
      verb={titleOf(approval)}
      tone={kind === "destroy" ? "danger" : "primary"}
      call={call}
      onConfirm={() => send(typed)}
    >
      {approval.subjects > 1 && <p>{t("left", { left: approval.left })}</p>}
      {!approval.batch && <p>{t("note")}</p>}
      {phrase !== null && !call.pending && (
        <TypedPhraseField phrase={phrase} value={typed} onChange={setTyped} error={call.error} className="mt-2" />
      )}
      {refused.length > 0 && (
        <Callout tone="danger" role="alert" title={t("failed", { count: refused.length })} className="mt-2">
          <ul>
            {[...new Set(refused)].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Callout>
      )}
    </ConfirmDialog>
  );
}
