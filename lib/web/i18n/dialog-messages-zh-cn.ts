import approvals from "@/messages/zh-CN/approvals.json";
import destroy from "@/messages/zh-CN/destroy.json";
import operations from "@/messages/zh-CN/operations.json";
import transfer from "@/messages/zh-CN/transfer.json";

export const dialogMessages = { approvals, destroy, operations, transfer };
