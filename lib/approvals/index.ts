/** What a second person must approve: above a daily limit, or a reset of an account. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { countWaiting, type WaitingCount, waitingCount, waitingValues } from "./count-waiting";
export { decideApproval } from "./decide-approval";
export { type ApprovalDetail, type ApprovalOperation, type ApprovalSide, getApproval } from "./get-approval";
export { type ApprovalList, listApprovals } from "./list-approvals";
export { requestApproval } from "./request-approval";
export type { ApprovalAccount, ApprovalView } from "./view-approval";
