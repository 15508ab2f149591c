import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline as pipe, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { createGunzip, createGzip } from "node:zlib";
import { Decrypter, Encrypter } from "age-encryption";
import { LaunchError } from "../process/launch-error.ts";

/** What a backup says of itself before its rows. */
export type Head = {
  format: 1;
  /** When the rows were as they are in it (ISO). */
  takenAt: string;
  kind: "real" | "sandbox";
  /** The newest migration of the schema, as drizzle numbers it. */
  migration: number;
  /** In the order of their references: a table comes after those it refers to. */
  tables: { name: string; columns: string[] }[];
  identities: { table: string; column: string; last: string }[];
  /** The newest number of the audit's chain. */
  auditHead: { at: string; seq: number; mac: string } | null;
};

export type TableEnd = { table: string; rows: number; sha256: string };

/** A backup is a head, then for each table its rows in PostgreSQL's binary form and its end, then "end". */
export type Part =
  | { type: "head"; head: Head }
  | { type: "rows"; bytes: Buffer }
  | { type: "table"; table: TableEnd }
  | { type: "end" };

const ROWS = 1;
const WORDS = 2;
/** A longer frame is none of ours. */
const LONGEST = 256 * 1024 * 1024;

/**
 * Write a backup that any of `recipients` (age1…) opens: compressed, encrypted, and whole on the disk before it has its
 * name. Its memory does not grow with it. An existing file stays unless `replace`. Throws {@link LaunchError}.
 */
export async function writeArchive(
  path: string,
  { parts, recipients, replace }: { parts: AsyncIterable<Part>; recipients: readonly string[]; replace: boolean },
): Promise<void> {
  const encrypter = encrypterFor(recipients);
  // An error on either side ends the other; where it is thrown is where it is awaited.
  const compressed = pipe(
    Readable.from(encode(parts), { objectMode: false }),
    createGzip({ level: 4 }),
    () => undefined,
  );
  const encrypted = await encrypter.encrypt(toWeb(compressed));
  await writeWhole(path, { from: fromWeb(encrypted), replace });
}

/** A small file for `recipients`, in the same way. */
export async function writeSealed(
  path: string,
  { text, recipients, replace }: { text: string; recipients: readonly string[]; replace: boolean },
): Promise<void> {
  const bytes = await encrypterFor(recipients).encrypt(text);
  await writeWhole(path, { from: Readable.from([bytes]), replace });
}

/** The text of a small file that `key` (AGE-SECRET-KEY-1…) opens. Throws {@link LaunchError}. */
export async function readSealed(path: string, key: string): Promise<string> {
  return (await fromWeb(await decrypt(path, key)).toArray()).join("");
}

/** The parts of a backup, as they stand in it; the order and the sums are {@link checkArchive}'s to check. */
export async function* readArchive(path: string, key: string): AsyncGenerator<Part> {
  const plain = pipe(fromWeb(await decrypt(path, key)), createGunzip(), () => undefined);
  try {
    yield* decode(plain);
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    throw new LaunchError(`${path} is damaged, or not whole: ${(error as Error).message}.`);
  }
}

export type Archive = { head: Head; tables: TableEnd[] };

/** Read a backup from its first byte to its last. Throws {@link LaunchError} unless all of it is there and as it was written. */
export async function checkArchive(path: string, key: string): Promise<Archive> {
  let head: Head | undefined;
  let ended = false;
  let hash = createHash("sha256");
  const tables: TableEnd[] = [];
  for await (const part of readArchive(path, key)) {
    if (part.type === "head") head = part.head;
    else if (part.type === "rows") hash.update(part.bytes);
    else if (part.type === "end") ended = true;
    else {
      const expected = head?.tables[tables.length]?.name;
      if (part.table.table !== expected || part.table.sha256 !== hash.digest("hex"))
        throw new LaunchError(`${path} is damaged: the rows of ${expected ?? part.table.table} are not as they were.`);
      hash = createHash("sha256");
      tables.push(part.table);
    }
  }
  if (!head || !ended || tables.length !== head.tables.length) throw new LaunchError(`${path} is not whole.`);
  return { head, tables };
}

function encrypterFor(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new LaunchError("A recipient of backups is not one of age's: it begins with age1 and has no typing error.");
    }
  }
  return encrypter;
}

async function decrypt(path: string, key: string): Promise<ReadableStream<Uint8Array>> {
  if (!existsSync(path)) throw new LaunchError(`There is no file ${path}.`);
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(key);
  } catch {
    throw new LaunchError("The key is not one of age's: it begins with AGE-SECRET-KEY-1 and has no typing error.");
  }
  try {
    return await decrypter.decrypt(toWeb(createReadStream(path)));
  } catch (error) {
    throw new LaunchError(
      `${path} does not open with this key: ${(error as Error).message}. ` +
        "BACKUP_KEY opens a backup, BACKUP_SECRETS_KEY the .secrets beside it; both are of the day it was taken.",
    );
  }
}

async function* encode(parts: AsyncIterable<Part>): AsyncGenerator<Buffer> {
  for await (const part of parts) {
    const payload = part.type === "rows" ? part.bytes : Buffer.from(JSON.stringify(part));
    const prefix = Buffer.alloc(5);
    prefix.writeUInt8(part.type === "rows" ? ROWS : WORDS);
    prefix.writeUInt32BE(payload.length, 1);
    yield prefix;
    yield payload;
  }
}

async function* decode(source: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    held.push(chunk);
    length += chunk.length;
    // Joined only once a whole frame is there: a long one would be copied with every chunk else.
    if (length < wantedLength(held)) continue;
    let all = Buffer.concat(held);
    for (let whole = wantedLength([all]); all.length >= whole; whole = wantedLength([all])) {
      yield partOf(all.readUInt8(), all.subarray(5, whole));
      all = all.subarray(whole);
    }
    held = [all];
    length = all.length;
  }
  if (length > 0) throw new LaunchError("The backup is not whole: it ends in the middle.");
}

/** The length of the first frame with its prefix; of the prefix, while that is not there. */
function wantedLength(held: Buffer[]): number {
  const [first] = held;
  if (!first || first.length < 5) return held.length > 1 ? 0 : 5;
  const length = first.readUInt32BE(1);
  if (length > LONGEST) throw new LaunchError("The backup is damaged: a part of it has an impossible length.");
  return 5 + length;
}

function partOf(kind: number, payload: Buffer): Part {
  if (kind === ROWS) return { type: "rows", bytes: payload };
  return JSON.parse(payload.toString()) as Part;
}

/** Beside its place first, and on the disk before it gets its name. Only its owner may read it. */
async function writeWhole(path: string, { from, replace }: { from: Readable; replace: boolean }): Promise<void> {
  const part = `${path}.part`;
  try {
    requireFree(path, replace);
    await rm(part, { force: true });
  } catch (error) {
    from.destroy();
    throw error;
  }
  try {
    await pipeline(from, createWriteStream(part, { mode: 0o600, flags: "wx", flush: true }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw unwritable(error, path) ?? error;
  }
  const folder = await open(dirname(path));
  await folder.sync().finally(() => folder.close());
}

/** Throws {@link LaunchError} if a file is there and is not to be replaced. */
export function requireFree(path: string, replace: boolean): void {
  if (!existsSync(path) || replace) return;
  throw new LaunchError(
    `${path} is there already: choose another name, or replace it (npm run backup -- FILE --force).`,
  );
}

function unwritable(error: unknown, path: string): LaunchError | undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ENOTDIR")
    return new LaunchError(`There is no folder ${dirname(path)}: make it first.`);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new LaunchError(`The folder ${dirname(path)} cannot be written: choose another, or another user.`);
  return undefined;
}

const toWeb = (stream: Readable) => Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>;
const fromWeb = (stream: ReadableStream<Uint8Array>) => Readable.fromWeb(stream as NodeStream<Uint8Array>);
