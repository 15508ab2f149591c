import type { Check, CheckId, CheckSays, CheckState, UpstreamName } from "./types.ts";

/** Whether what the database acknowledged can be lost. */
export type Durability = {
  /** Settings of PostgreSQL that lose acknowledged writes in a crash, by name. */
  undurable: string[];
  /** Standbys that stream from it; null where this role may not see them. */
  standbys: number | null;
  /** Whether a commit waits for any of them. */
  synchronous: boolean;
};

/** What the checks are made of; times are dates. */
export type Facts = {
  version: string;
  versionNumber: number;
  trigrams: boolean;
  split: boolean;
  role: string;
  durability: Durability;
  /** The newest migration of the database. */
  migration: number;
  failedJobs: number;
  /** Operations that wait for a person. */
  undecided: number;
  sources: { source: string; lastSuccessAt: Date | null; errorKey: string | null }[];
  wholeAt: Date | null;
  /** Records of the audit that should have a number by now. */
  unnumbered: number;
  /** The newest head noted outside the database, and whether the database has it. */
  notedHead: { seq: number; there: boolean } | null;
  pausedSince: string | null;
  lastBackup: { takenAt: string; restored: boolean } | null;
  backupFailedAt: string | null;
  restored: { takenAt: string; differing: number } | null;
};

export type Expected = {
  now: Date;
  newestMigration: number;
  configured: readonly UpstreamName[];
  syncSeconds: number;
  /** Of the disk of our own database; null where it can't be seen. */
  disk: { freeBytes: number; reserveBytes: number } | null;
};

const HOUR_MS = 3_600_000;
/** A backup a day, and one that failed. */
const BACKUP_HOURS = 49;
/** As `server_version_num` says it. */
export const OLDEST_POSTGRES = 150_000;

/** One line for each thing that was looked at, in the order they depend on each other. */
export function judgeFacts(facts: Facts, expected: Expected): Check[] {
  return [
    ...judgeDisk(expected),
    ...judgeDatabase(facts, expected),
    ...judgeWork(facts),
    ...judgeKeys(facts, expected),
    judgeMirror(facts, expected),
    judgeAudit(facts),
    ...judgeBackup(facts, expected),
  ];
}

export const checkOf = (
  id: CheckId,
  [state, says]: readonly [CheckState, CheckSays],
  params: Check["params"] = {},
): Check => ({ id, state, says, params });

function judgeDisk({ disk }: Expected): Check[] {
  if (!disk) return [];
  const params = { mib: Math.round(disk.freeBytes / 2 ** 20), reserve: Math.round(disk.reserveBytes / 2 ** 20) };
  return [checkOf("disk", disk.freeBytes < disk.reserveBytes ? ["fail", "disk_short"] : ["ok", "disk_ok"], params)];
}

function judgeDatabase(facts: Facts, { newestMigration }: Expected): Check[] {
  const { version, versionNumber, trigrams, split, role, migration } = facts;
  const databaseSays =
    versionNumber < OLDEST_POSTGRES
      ? (["fail", "database_old"] as const)
      : trigrams
        ? (["ok", "database_ok"] as const)
        : (["fail", "database_no_trigrams"] as const);
  const schemaSays =
    migration === newestMigration
      ? (["ok", "schema_ok"] as const)
      : (["fail", migration > newestMigration ? "schema_newer" : "schema_older"] as const);
  return [
    checkOf("database", databaseSays, { version }),
    judgeDurability(facts.durability),
    checkOf("roles", split ? ["ok", "roles_ok"] : ["warn", "roles_one"], { role }),
    checkOf("schema", schemaSays),
  ];
}

/** Once more at each start, which a server that loses writes ends. */
export function judgeDurability({ undurable, standbys, synchronous }: Durability): Check {
  if (undurable.length > 0) return checkOf("durability", ["fail", "durability_off"], { names: undurable.join(", ") });
  if (standbys === null) return checkOf("durability", ["ok", "durability_unknown"]);
  if (standbys > 0 && !synchronous) return checkOf("durability", ["warn", "durability_async"], { count: standbys });
  return checkOf("durability", ["ok", "durability_ok"]);
}

function judgeWork({ failedJobs, pausedSince, undecided }: Facts): Check[] {
  return [
    checkOf("queue", failedJobs > 0 ? ["warn", "queue_failed"] : ["ok", "queue_ok"], { count: failedJobs }),
    checkOf("writes", pausedSince ? ["warn", "writes_paused"] : ["ok", "writes_ok"], { at: pausedSince ?? "" }),
    checkOf("undecided", undecided > 0 ? ["warn", "undecided_some"] : ["ok", "undecided_none"], { count: undecided }),
  ];
}

/** The console's own polls are read-only calls with each key, every few minutes. */
function judgeKeys({ sources }: Facts, { configured, now }: Expected): Check[] {
  return configured.map((upstream) => {
    const own = sources.filter(({ source }) => source.startsWith(`${upstream}.`));
    const newest = Math.max(0, ...own.map(({ lastSuccessAt }) => lastSuccessAt?.getTime() ?? 0));
    const says = (): readonly [CheckState, CheckSays] => {
      if (own.some(({ errorKey }) => errorKey)) return ["fail", "keys_failing"];
      if (newest === 0) return ["warn", "keys_untried"];
      return now.getTime() - newest > HOUR_MS ? ["warn", "keys_stale"] : ["ok", "keys_ok"];
    };
    return { ...checkOf("keys", says(), newest > 0 ? { at: new Date(newest).toISOString() } : {}), upstream };
  });
}

function judgeMirror({ wholeAt }: Facts, { now, syncSeconds }: Expected): Check {
  if (!wholeAt) return checkOf("mirror", ["warn", "mirror_never"]);
  const age = now.getTime() - wholeAt.getTime();
  const params = { at: wholeAt.toISOString() };
  return checkOf(
    "mirror",
    age > Math.max(HOUR_MS, 3_000 * syncSeconds) ? ["warn", "mirror_old"] : ["ok", "mirror_ok"],
    params,
  );
}

function judgeAudit({ notedHead, unnumbered }: Facts): Check {
  if (notedHead && !notedHead.there) return checkOf("audit", ["fail", "audit_cut"], { seq: notedHead.seq });
  if (unnumbered > 0) return checkOf("audit", ["warn", "audit_unnumbered"], { count: unnumbered });
  if (!notedHead) return checkOf("audit", ["warn", "audit_no_head"]);
  return checkOf("audit", ["ok", "audit_ok"], { seq: notedHead.seq });
}

function judgeBackup(facts: Facts, expected: Expected): Check[] {
  const { restored, pausedSince } = facts;
  const backup = judgeLastBackup(facts, expected);
  if (!restored) return [backup];
  const params = { at: restored.takenAt, count: restored.differing };
  return [backup, checkOf("restore", [pausedSince ? "warn" : "ok", "restore_differs"], params)];
}

function judgeLastBackup({ lastBackup, backupFailedAt }: Facts, { now }: Expected): Check {
  if (backupFailedAt) return checkOf("backup", ["fail", "backup_failing"], { at: backupFailedAt });
  if (!lastBackup) return checkOf("backup", ["warn", "backup_never"]);
  const { takenAt: at, restored } = lastBackup;
  const age = now.getTime() - new Date(at).getTime();
  // One of the future is of a clock that was ahead: how old it is nobody knows.
  const isLate = age > BACKUP_HOURS * HOUR_MS || age < -HOUR_MS;
  if (isLate) return checkOf("backup", ["warn", "backup_old"], { at });
  return checkOf("backup", ["ok", restored ? "backup_ok" : "backup_unproven"], { at });
}
