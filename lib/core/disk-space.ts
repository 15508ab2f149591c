import "server-only";
import { statfsSync } from "node:fs";
import { env } from "./env";

/** The disk that holds the database. `short`: less is free than must stay free for what is under way. */
export type DiskSpace = { freeBytes: number; short: boolean };

type Statfs = (path: string) => { blocks: number; bavail: number; bsize: number };

/**
 * How much is free on the disk of our own database. Null when we can't see it: a database elsewhere has a disk of its
 * own, and some file systems count no blocks. A folder that can't be read is one we can't see.
 */
export function readDiskSpace(statfs: Statfs = statfsSync): DiskSpace | null {
  const { DATABASE_FOLDER: folder, DISK_RESERVE_MB: reserve } = env();
  if (!folder) return null;
  try {
    const { blocks, bavail, bsize } = statfs(folder);
    if (blocks === 0) return null;
    const freeBytes = bavail * bsize;
    return { freeBytes, short: freeBytes < reserve * 2 ** 20 };
  } catch {
    return null;
  }
}
