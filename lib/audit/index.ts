/** Audit records: write, list, export. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export type { ChainReport } from "@/lib/audit-chain";
export { type AuditExportLabels, exportAudit } from "./export-audit";
export { type AuditList, type AuditRow, listAudit } from "./list-audit";
export { type AuditEntry, recordAudit } from "./record-audit";
export { noteRefusal, recordRefusals } from "./refusals";
export { startAuditKeeper } from "./start-audit-keeper";
export { verifyAudit } from "./verify-audit";
