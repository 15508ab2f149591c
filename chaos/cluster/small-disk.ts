import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";

const MEBIBYTE = 2 ** 20;

/** A disk of its own under a folder, in memory, that can be filled. */
export class SmallDisk {
  readonly #folder: string;
  readonly #filler: string;

  /**
   * Mount one on `folder`. Null where this process may not: only root on Linux may, and not in every container.
   */
  static mount(folder: string, mebibytes: number): SmallDisk | null {
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m,mode=755`, "tmpfs", folder], { stdio: "ignore" });
      return new SmallDisk(folder);
    } catch {
      return null;
    }
  }

  private constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(join(folder, "filler"));
    this.#filler = join(folder, "filler", "file");
  }

  /** Take all space but so many MiB; 0 until nothing more can be written. */
  fill(leaveMebibytes: number): void {
    const file = openSync(this.#filler, "a");
    try {
      const block = Buffer.alloc(MEBIBYTE);
      while (this.#freeBytes() > leaveMebibytes * MEBIBYTE) writeSync(file, block);
      // The last blocks: a short write says that the disk is full as clearly as an error does.
      if (leaveMebibytes === 0) while (writeSync(file, block) > 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Give back all that `fill` took. */
  empty(): void {
    rmSync(this.#filler, { force: true });
  }

  unmount(): void {
    execFileSync("umount", ["-l", this.#folder], { stdio: "ignore" });
  }

  #freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.#folder);
    return bavail * bsize;
  }
}
