import { useTranslations } from "next-intl";
import { useState } from "react";
import { useWriteBlock } from "@/app/(console)/_components/use-write-block";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { DateTime } from "@/components/ui/value/date-time";
import type { ApprovalDetail } from "@/lib/approvals";
import { DecideDialog } from "./decide-dialog";
import { SendDialog } from "./send-dialog";

type Props = { approval: ApprovalDetail };

/** What is to be done with it now, and by whom. */
export function ApprovalStatus({ approval }: Props) {
  const t = useTranslations("approvals.status");
  const { state, own, requestedByName: requester } = approval;
  const name = approval.decidedByName ?? "";
  if (approval.mayDecide) return <ToDecide approval={approval} />;
  if (approval.maySend) return <ToSend approval={approval} />;
  const until = { time: () => <DateTime value={approval.expiresAt} /> };
  if (state === "pending") {
    return (
      <Callout tone="info" title={t(own ? "waitingOwn" : "waiting")}>
        {t.rich("waitingHint", until)}
      </Callout>
    );
  }
  if (state === "approved") return <Callout tone="info" title={t("approved", { name, requester })} />;
  if (state === "used") {
    return (
      <Callout tone="done" title={t("used")}>
        {t("usedHint")}
      </Callout>
    );
  }
  if (state === "refused") {
    return (
      <Callout tone="danger" title={t("refused", { name })}>
        <p>
          <bdi className="whitespace-pre-wrap">{approval.decisionReason}</bdi>
        </p>
        {!approval.batch && <p className="text-soft text-sm">{t("refusedHint")}</p>}
      </Callout>
    );
  }
  return (
    <Callout tone="warning" title={t("expired")}>
      {t("expiredHint")}
    </Callout>
  );
}

function ToDecide({ approval }: Props) {
  const t = useTranslations("approvals");
  const [deciding, setDeciding] = useState<"approve" | "refuse" | null>(null);
  const name = approval.requestedByName;
  return (
    <>
      <Callout
        tone="warning"
        title={t("status.toDecide", { name })}
        actions={
          <>
            <Button variant="primary" onClick={() => setDeciding("approve")}>
              {t("decide.approve")}
            </Button>
            <Button onClick={() => setDeciding("refuse")}>{t("decide.refuse")}</Button>
          </>
        }
      >
        {t("status.toDecideHint", { name })}
      </Callout>
      {deciding && <DecideDialog approval={approval} decision={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}

function ToSend({ approval }: Props) {
  const t = useTranslations("approvals");
  const block = useWriteBlock(approval.batch ? "potato" : "espai");
  const [sending, setSending] = useState(false);
  return (
    <>
      <Callout
        tone="done"
        title={t("status.toSend", { name: approval.decidedByName ?? "" })}
        actions={
          <Button variant="primary" disabledReason={block} onClick={() => setSending(true)}>
            {t("send.verb")}
          </Button>
        }
      >
        {t.rich("status.toSendHint", { time: () => <DateTime value={approval.expiresAt} /> })}
      </Callout>
      {sending && <SendDialog approval={approval} onClose={() => setSending(false)} />}
    </>
  );
}
