import "server-only";
import { createHash } from "node:crypto";

/** What an export's record says of its file: whoever finds a file later can tell whether it is that one. */
export type FileFacts = { bytes: number; sha256: string };

/** Of a file in one or more parts. */
export function fileFacts(parts: readonly (string | Uint8Array)[]): FileFacts {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const part of parts) {
    hash.update(part);
    bytes += typeof part === "string" ? Buffer.byteLength(part) : part.byteLength;
  }
  return { bytes, sha256: hash.digest("hex") };
}
