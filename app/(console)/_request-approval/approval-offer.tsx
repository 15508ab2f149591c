import dynamic from "next/dynamic";
import { loadWhenOnline } from "@/components/load-when-online";
import type { PublicError } from "@/lib/core/errors";
import type { ApprovalSubject } from "./approval-subject";

// Hardly anybody meets a limit: the form is loaded when one does.
const RequestApprovalForm = dynamic(() =>
  loadWhenOnline(() => import("./request-approval-form").then((module) => module.RequestApprovalForm)),
);

type Props = {
  /** Of the call that was refused; of any other error nothing is shown. */
  error: PublicError | null | undefined;
  subject: ApprovalSubject;
  /** What was said of it already, to begin with. */
  reason?: string;
  reference?: string;
};

export const isOverLimit = (error: PublicError): boolean => error.key.startsWith("limit_");

const needsApproval = (error: PublicError): boolean => isOverLimit(error) || error.key === "reset_needs_approval";

/** Beside the error of a daily limit, or of a reset that needs an approval: ask an administrator to approve it, or see the request that waits. */
export function ApprovalOffer({ error, ...rest }: Props) {
  if (!error || !needsApproval(error)) return null;
  const waiting = error.params?.approvalId;
  return <RequestApprovalForm {...rest} waitingId={typeof waiting === "string" ? waiting : null} />;
}
