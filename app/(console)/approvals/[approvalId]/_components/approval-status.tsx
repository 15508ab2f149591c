import { useTranslations } from "next-intl";
import { useState } from "react";
import { useWriteBlock } from "@/app/(console)/_components/use-write-block";
import { LinkDialog } from "@/app/(console)/users/_components/link-dialog";
import { ResetLinkDialog, ResetSecondFactorDialog } from "@/app/(console)/users/_components/reset-dialogs";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { DateTime } from "@/components/ui/value/date-time";
import type { ApprovalAccount, ApprovalDetail } from "@/lib/approvals";
import type { OperationKind } from "@/lib/operations/types";
import type { LinkToHandOver } from "@/lib/users/schemas";
import { useApprovalTitle } from "../../_components/use-approval-title";
import { DecideDialog } from "./decide-dialog";
import { SendDialog } from "./send-dialog";

type Props = { approval: ApprovalDetail };
type WithLink = Props & { onLink: (link: LinkToHandOver) => void };

/** The words: a reset is carried out, and everything else is sent. */
const wordsOf = ({ account }: ApprovalDetail) => (account ? "resetStatus" : "status");

/** What is to be done with it now, and by whom. */
export function ApprovalStatus({ approval }: Props) {
  // Here, because it is shown once: by then the approval is used, and what is to be done with it another thing.
  const [link, setLink] = useState<LinkToHandOver | null>(null);
  return (
    <>
      <Status approval={approval} onLink={setLink} />
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </>
  );
}

function Status({ approval, onLink }: WithLink) {
  const t = useTranslations("approvals");
  const words = wordsOf(approval);
  const { state, own, kind, account, requestedByName: requester } = approval;
  const name = approval.decidedByName ?? "";
  if (approval.mayDecide) return <ToDecide approval={approval} />;
  if (approval.maySend) {
    if (kind !== "password_reset" && kind !== "second_factor_reset") return <ToSend approval={approval} kind={kind} />;
    return account && <ToReset approval={approval} account={account} onLink={onLink} />;
  }
  if (state === "pending") {
    return (
      <Callout tone="info" title={t(own ? "status.waitingOwn" : "status.waiting")}>
        {t.rich(`${words}.waitingHint`, { time: () => <DateTime value={approval.expiresAt} /> })}
      </Callout>
    );
  }
  if (state === "approved") return <Callout tone="info" title={t(`${words}.approved`, { name, requester })} />;
  if (state === "used") {
    return (
      <Callout tone="done" title={t(`${words}.used`)}>
        {t(`${words}.usedHint`)}
      </Callout>
    );
  }
  if (state === "refused") {
    return (
      <Callout tone="danger" title={t("status.refused", { name })}>
        <p>
          <bdi className="whitespace-pre-wrap">{approval.decisionReason}</bdi>
        </p>
        {approval.operations.length > 0 && <p className="text-soft text-sm">{t("status.refusedHint")}</p>}
      </Callout>
    );
  }
  return (
    <Callout tone="warning" title={t(`${words}.expired`)}>
      {t(`${words}.expiredHint`)}
    </Callout>
  );
}

function ToDecide({ approval }: Props) {
  const t = useTranslations("approvals");
  const words = wordsOf(approval);
  const name = approval.requestedByName;
  const [deciding, setDeciding] = useState<"approve" | "refuse" | null>(null);
  return (
    <>
      <Callout
        tone="warning"
        title={t(`${words}.toDecide`, { name })}
        actions={
          <>
            <Button
              variant="primary"
              disabledReason={approval.mayApprove ? undefined : t("resetStatus.tooNew")}
              onClick={() => setDeciding("approve")}
            >
              {t("decide.approve")}
            </Button>
            <Button onClick={() => setDeciding("refuse")}>{t("decide.refuse")}</Button>
          </>
        }
      >
        {t(`${words}.toDecideHint`, { name })}
      </Callout>
      {deciding && <DecideDialog approval={approval} decision={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}

function ToSend({ approval, kind }: Props & { kind: OperationKind }) {
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
      {sending && <SendDialog approval={approval} kind={kind} onClose={() => setSending(false)} />}
    </>
  );
}

/** The same dialogs as on the page of users: now the approval lets them through. */
function ToReset({ approval, account, onLink }: WithLink & { account: ApprovalAccount }) {
  const t = useTranslations("approvals.resetStatus");
  const titleOf = useApprovalTitle();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const handOver = (link: LinkToHandOver) => {
    close();
    onLink(link);
  };
  return (
    <>
      <Callout
        tone="done"
        title={t("toSend", { name: approval.decidedByName ?? "" })}
        actions={
          <Button variant="primary" onClick={() => setOpen(true)}>
            {titleOf(approval)}
          </Button>
        }
      >
        {t.rich("toSendHint", { time: () => <DateTime value={approval.expiresAt} /> })}
      </Callout>
      {open && approval.kind === "password_reset" && (
        <ResetLinkDialog user={account} onClose={close} onLink={handOver} />
      )}
      {open && approval.kind === "second_factor_reset" && (
        <ResetSecondFactorDialog user={account} onClose={close} onDone={close} />
      )}
    </>
  );
}
