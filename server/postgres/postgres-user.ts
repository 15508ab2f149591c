import { chownSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

export type SystemUser = { uid: number; gid: number };

/** "nobody": what PostgreSQL runs as when we are root, which it refuses to run as. */
const nobody: SystemUser = { uid: 65_534, gid: 65_534 };

/** Where we keep data as root: that user has no access to root's own folders. */
export const rootsFolder = "/var/lib/cardesk";

/** The user to start PostgreSQL as: undefined for our own; as root, the folder's owner or "nobody". */
export function postgresUser(dataDir: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (!existsSync(dataDir)) return nobody;
  const { uid, gid } = statSync(dataDir);
  return uid === 0 ? nobody : { uid, gid };
}

/** Whether the mode bits let this user into `folder` and every folder above it. */
export function canReach(folder: string, user: SystemUser): boolean {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (existsSync(path) && !mayPass(path, user)) return false;
    if (path === dirname(path)) return true;
  }
}

function mayPass(folder: string, user: SystemUser): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** Make a folder (0700) that belongs to the user PostgreSQL runs as. */
export function makeOwnFolder(folder: string, user: SystemUser | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}
