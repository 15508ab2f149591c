import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

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

  /**
   * Take all space but so many MiB; 0 until nothing more can be written. By another process, and without writing: the
   * upstreams run in this one, and must answer meanwhile.
   */
  async fill(leaveMebibytes: number): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      const take = this.#freeBytes() - leaveMebibytes * MEBIBYTE;
      if (take <= 0) return;
      // Fails when somebody else has taken some of it in this moment.
      await run("fallocate", ["-l", String(this.#taken() + take), this.#filler]).catch(() => undefined);
    }
  }

  /** Give back all that `fill` took. */
  empty(): void {
    rmSync(this.#filler, { force: true });
  }

  unmount(): void {
    execFileSync("umount", ["-l", this.#folder], { stdio: "ignore" });
  }

  #taken(): number {
    return statSync(this.#filler, { throwIfNoEntry: false })?.size ?? 0;
  }

  #freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.#folder);
    return bavail * bsize;
  }
}
