/**
 * One intended write and all that is known of it: preview, confirm, send once, reconcile. The door for server code; the
 * browser uses types.ts and schemas.ts.
 */
import "server-only";

export type { CardSide } from "./card-side";
export { type ConfirmedRow, confirmMany } from "./confirm/confirm-many";
export { confirmOperation } from "./confirm/confirm-operation";
export { demandsProof } from "./confirm/demands-proof";
export { describeDrafts } from "./confirm/describe-drafts";
export { lockDrafts } from "./confirm/lock-drafts";
export { sendOperation } from "./confirm/send-operation";
export { setDraftExpiry } from "./confirm/set-draft-expiry";
export { auditTargetOf } from "./journal/audit-operation";
export { CallEndClock, callEndClock } from "./journal/call-end-clock";
export { longestCallMs } from "./journal/longest-call-ms";
export { type OperationRow, openOperation } from "./journal/open-operation";
export { quietPeriodLeft } from "./journal/quiet-period-left";
export { isUnsealedOperation, sealStoredOperations } from "./journal/seal-stored-operations";
export { hashesOfSealed } from "./journal/sealed-params";
export { transitionOperation } from "./journal/transition-operation";
export { destroyKind } from "./kinds/destroy/destroy-kind";
export { type DestroyPreview, type DestroyPreviewRow, previewDestroy } from "./kinds/destroy/preview-destroy";
export { previewTransfer, type Side, type TransferPreview } from "./kinds/transfer/preview-transfer";
export { transferKind } from "./kinds/transfer/transfer-kind";
export {
  type ApplyOutcome,
  type BatchSummary,
  type Kinds,
  paramsOf,
  type RefusalCheck,
  type SendableKind,
} from "./operation-kind";
export { pruneAnswers } from "./prune/prune-answers";
export { pruneDrafts } from "./prune/prune-drafts";
export { pruneReadings } from "./prune/prune-readings";
export { countUnknown, type UnknownCount, unknownCount } from "./read/count-unknown";
export { findOperations } from "./read/find-operations";
export { getOperation, type OperationDetail, type ReadingView } from "./read/get-operation";
export { listOperations, type OperationList } from "./read/list-operations";
export { type ListedOperation, type OperationView, viewOperation } from "./read/view-operation";
export { isQuietPeriodOver } from "./reconcile/is-quiet-period-over";
export { nextReconcileAt } from "./reconcile/next-reconcile-at";
export { reconcileNow } from "./reconcile/reconcile-now";
export { recoverOperations } from "./reconcile/recover-operations";
export { resolveUnknown } from "./reconcile/resolve-unknown";
export { settleOperation } from "./reconcile/settle-operation";
