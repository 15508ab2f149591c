import approvals from "@/messages/en/approvals.json";
import destroy from "@/messages/en/destroy.json";
import operations from "@/messages/en/operations.json";
import transfer from "@/messages/en/transfer.json";

export const dialogMessages = { approvals, destroy, operations, transfer };
