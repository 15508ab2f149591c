/** Audit records: write, list, export. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { type AuditExportLabels, exportAudit } from "./export-audit";
export { type AuditList, type AuditRow, listAudit } from "./list-audit";
export { recordAudit } from "./record-audit";
