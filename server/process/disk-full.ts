import { statfsSync } from "node:fs";
import { LaunchError } from "./launch-error.ts";

/** Less than any start writes. Above it we try: PostgreSQL can often start in the files it already has. */
const leastBytes = 4 * 1024 * 1024;

/** ENOSPC and EDQUOT of the system, 53100 (disk_full) of PostgreSQL. */
const codes = new Set(["ENOSPC", "EDQUOT", "53100"]);

/** Refuse with {@link LaunchError} when the disk that holds `folder` is full. */
export function requireSpace(folder: string, least: number = leastBytes): void {
  if (isShortOfSpace(folder, least)) throw diskFull(folder);
}

/** Whether fewer than `least` bytes are left to us on the disk that holds `folder`. */
export function isShortOfSpace(folder: string, least: number = leastBytes): boolean {
  const { blocks, bavail, bsize } = statfsSync(folder);
  // Some virtual file systems count no blocks at all.
  return blocks > 0 && bavail * bsize < least;
}

/** Whether an error, or the cause of it, is a full disk. */
export function isDiskFull(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (codes.has(String((at as NodeJS.ErrnoException).code)) || saysDiskFull(at.message)) return true;
  }
  return false;
}

/** Whether a program's output reports a full disk. */
export function saysDiskFull(text: string): boolean {
  return /no space left on device|disk quota exceeded/i.test(text);
}

/** The sentence for a full disk; `folder` is where we were writing, if we know. */
export function diskFull(folder?: string): LaunchError {
  const where = folder ? `The disk that holds ${folder} is full` : "A disk Cardesk writes to is full";
  return new LaunchError(`${where}: free some space, then start again.`);
}
