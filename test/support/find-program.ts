import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian puts what only root or other programs run. */
const MORE_FOLDERS = ["/usr/sbin", "/sbin", "/usr/lib/postgresql/15/bin", "/usr/lib/cni"];

/** The path of a program on this machine, if it is installed. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...MORE_FOLDERS];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
