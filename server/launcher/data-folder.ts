import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { canReach, postgresUser, rootsFolder } from "../postgres/postgres-user.ts";
import { diskFull, isDiskFull } from "../process/disk-full.ts";
import { LaunchError } from "../process/launch-error.ts";

/**
 * Where this installation keeps its data. `chosen` is the operator's DATA_DIR; without one it is `.data` in the project
 * (`.data-demo` for the demo, so that sandbox cards never mix with real ones). As root, when PostgreSQL's user could not
 * get into the project's folder (root's home is closed), the default moves to /var/lib/cardesk.
 */
export function dataFolder(root: string, chosen: string | undefined, demo: boolean): string {
  const folder = dataFolderPath(root, chosen, demo);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(folder);
    throw new LaunchError(`The data folder ${folder} cannot be written: choose one of your own with DATA_DIR.`);
  }
  return folder;
}

/** Where it is or will be; nothing is made. */
export function dataFolderPath(root: string, chosen: string | undefined, demo: boolean): string {
  return chosen ? resolve(root, chosen) : defaultFolder(root, demo ? ".data-demo" : ".data");
}

function defaultFolder(root: string, name: string): string {
  const beside = join(root, name);
  const user = postgresUser(join(beside, "pg"));
  if (!user || canReach(beside, user)) return beside;
  const mark = createHash("sha256").update(root).digest("hex").slice(0, 8);
  return join(rootsFolder, `${basename(root)}-${mark}${name === ".data" ? "" : "-demo"}`);
}
