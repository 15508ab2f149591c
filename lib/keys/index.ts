/**
 * Card keys: batches, their generation and recovery, the encrypted keys. The door for server code; the browser uses
 * types.ts and schemas.ts.
 */
import "server-only";

export { cancelBatch } from "./batches/cancel-batch";
export { countProgress } from "./batches/count-progress";
export { createBatch } from "./batches/create-batch";
export { findBatches } from "./batches/find-batches";
export { findGenerating } from "./batches/find-generating";
export { type BatchDetail, getBatch } from "./batches/get-batch";
export { isLargeBatch } from "./batches/is-large-batch";
export { type BatchList, listBatches } from "./batches/list-batches";
export { pauseBatch } from "./batches/pause-batch";
export { pauseBatchesOf } from "./batches/pause-batches-of";
export { readProgresses } from "./batches/read-progress";
export { resumeBatch } from "./batches/resume-batch";
export type { BatchView } from "./batches/view-batch";
export { generateKind } from "./generation/generate-kind";
export { type ChunkList, type ChunkView, listChunks } from "./generation/list-chunks";
export { resumeAfterOutage } from "./generation/resume-after-outage";
export { runBatch } from "./generation/run-batch";
export { recoverMissingKeys } from "./recovery/recover-missing-keys";
export { countKeysLeft } from "./status/count-keys-left";
export { type ScanResult, scanKeys } from "./status/scan-keys";
export { countUnsealed } from "./vault/count-unsealed";
export { exportKeys, type KeyExportLabels } from "./vault/export-keys";
export { findKeys } from "./vault/find-keys";
export { findWholeKeys, type WholeKey } from "./vault/find-whole-keys";
export { type KeyList, type KeyView, listKeys } from "./vault/list-keys";
export { readAppKeys } from "./vault/read-app-keys";
export { resealKeys } from "./vault/reseal-keys";
export { revealKey } from "./vault/reveal-key";
