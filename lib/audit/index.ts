/** Audit records: write, list, export. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export type { ChainReport } from "@/lib/audit-chain";
export { hashesOf, searchHashes } from "./about-hash";
export { type AuditExportLabels, exportAudit } from "./export-audit";
export { aboutOf } from "./find-about";
export { type AuditList, type AuditRow, type ListedAudit, listAudit } from "./list-audit";
export { type AuditEntry, recordAudit } from "./record-audit";
export { noteRefusal, recordRefusals } from "./refusals";
export { startAuditKeeper } from "./start-audit-keeper";
export { verifyAudit } from "./verify-audit";
