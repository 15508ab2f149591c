import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LaunchError } from "../process/launch-error.ts";
import { makeOwnFolder, type SystemUser } from "./postgres-user.ts";

/** A socket's whole path may have 103 bytes on macOS and 107 on Linux; the name in it is ".s.PGSQL.5432.lock" at most. */
const longestFolder = 103 - "/.s.PGSQL.5432".length;

/** A folder for PostgreSQL's socket that only its user (and root) can enter: in the data folder if that path is short. */
export function socketFolder(dataFolder: string, user: SystemUser | undefined): string {
  const beside = join(dataFolder, "run");
  if (Buffer.byteLength(beside) <= longestFolder) {
    makeOwnFolder(beside, user);
    return beside;
  }
  const mark = createHash("sha256").update(dataFolder).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `cardesk-${mark}`);
  makeOwnFolder(folder, user);
  const { uid, mode } = lstatSync(folder);
  if (uid !== (user?.uid ?? process.getuid?.()) || (mode & 0o077) !== 0) {
    throw new LaunchError(
      `The folder ${folder} belongs to somebody else: remove it, or set DATA_DIR to a shorter path.`,
    );
  }
  return folder;
}
