/** Audit records: write, list, export. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { startAuditKeeper } from "./chain/start-audit-keeper";
export { verifyAudit } from "./chain/verify-audit";
export type { ChainReport } from "./chain/verify-chain";
export { type AuditExportLabels, exportAudit } from "./export-audit";
export { fileFacts } from "./file-facts";
export { type AuditList, type AuditRow, listAudit } from "./list-audit";
export { type AuditEntry, recordAudit } from "./record-audit";
export { noteRefusal } from "./refusal-batches";
