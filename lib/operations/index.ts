/** One intended write and all that is known of it: preview, confirm, send once, reconcile. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export type { CardSide } from "./card-side";
export { abortIntent, abortReason } from "./confirm/abort-intent";
export { type ConfirmedRow, confirmMany } from "./confirm/confirm-many";
export { confirmOperation } from "./confirm/confirm-operation";
export type { Effects } from "./confirm/record-outcome";
export { isConnectionFault, sendOperation } from "./confirm/send-operation";
export { auditTargetOf } from "./journal/audit-operation";
export { type OperationRow, transitionOperation } from "./journal/transition-operation";
export { type DestroyPreview, type DestroyPreviewRow, previewDestroy } from "./preview/preview-destroy";
export { previewTransfer, type Side, type TransferPreview } from "./preview/preview-transfer";
export { countUnknown, type UnknownCount } from "./read/count-unknown";
export { getOperation, type OperationDetail, type ReadingView } from "./read/get-operation";
export { listOperations, type OperationList } from "./read/list-operations";
export { type OperationView, viewOperation } from "./read/view-operation";
export { nextReconcileAt } from "./reconcile/next-reconcile-at";
export { reconcileNow } from "./reconcile/reconcile-now";
export { reconcileOperation } from "./reconcile/reconcile-operation";
export type { Reconcilers } from "./reconcile/reconcilers";
export { recoverOperations } from "./reconcile/recover-operations";
export { resolveUnknown } from "./reconcile/resolve-unknown";
export { settleOperation } from "./reconcile/settle-operation";
