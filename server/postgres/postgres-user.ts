import { existsSync, lchownSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { LaunchError } from "../process/launch-error.ts";

export type SystemUser = { uid: number; gid: number };

/** Numbers no account has and no service manager gives out (systemd, "Users, Groups, UIDs and GIDs"). */
const unusedIds = { first: 65_520, last: 65_533 };

/** Where we keep data as root: PostgreSQL's user has no access to root's own folders. */
export const rootsFolder = "/var/lib/cardesk";

/**
 * The user to start PostgreSQL as: undefined for our own. As root, which PostgreSQL refuses to run as, it is the folder's
 * owner, else a number of our own. Never "nobody": every program that runs as nobody could read the files.
 */
export function postgresUser(dataDir: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (!existsSync(dataDir)) return ownUser();
  const { uid, gid } = statSync(dataDir);
  return uid === 0 || uid === nobody()?.uid ? ownUser() : { uid, gid };
}

/**
 * The user to run initdb as: it refuses a number without an account. Then it is "nobody" in our own group, and the folder
 * it works in has to be closed to everybody outside that group.
 */
export function initdbUser(user: SystemUser): SystemUser {
  const { uid } = accounts().find((account) => account.uid === user.uid) ?? nobody() ?? user;
  return { uid, gid: user.gid };
}

function ownUser(): SystemUser {
  const taken = new Set([...accounts().map(({ uid }) => uid), ...groups()]);
  for (let id = unusedIds.first; id <= unusedIds.last; id += 1) if (!taken.has(id)) return { uid: id, gid: id };
  throw new LaunchError(
    `PostgreSQL may not run as root, and every number from ${unusedIds.first} to ${unusedIds.last} belongs to an account: ` +
      "run Cardesk as an ordinary user, or set DATABASE_URL.",
  );
}

const nobody = () => accounts().find(({ name }) => name === "nobody");
const accounts = () => linesOf("/etc/passwd").map(([name, , uid]) => ({ name, uid: Number(uid) }));
const groups = () => linesOf("/etc/group").map(([, , gid]) => Number(gid));

function linesOf(path: string): string[][] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => /^[^#]/.test(line))
    .map((line) => line.split(":"));
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
  // Never through a link: in /tmp anybody could have put one to a folder of root's.
  if (user) lchownSync(folder, user.uid, user.gid);
}

/** Give a folder and all that is in it to `user`; the folder last, so that one that is done belongs to them. */
export function giveTo(path: string, user: SystemUser): void {
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) giveTo(join(path, name), user);
  lchownSync(path, user.uid, user.gid);
}
