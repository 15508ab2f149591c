import "server-only";
import { existsSync } from "node:fs";
import { open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";

/** The last number of the chain and its HMAC, as they were at a moment. */
export type NotedHead = { at: string; seq: number; mac: string };

const NAME = "audit-head.jsonl";
const OLD = "audit-head.old.jsonl";
/** About ten thousand lines; the file before it is kept too. */
const MOST_BYTES = 1024 * 1024;

/**
 * Append a head to the file in the data folder, one line on disk before this returns. A full file becomes the old one,
 * and the old one goes: each line vouches for every number before it.
 */
export async function noteHead(folder: string, head: NotedHead): Promise<void> {
  const path = join(folder, NAME);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > MOST_BYTES) await rename(path, join(folder, OLD));
  const file = await open(path, "a", 0o600);
  try {
    // A line that a full disk or a crash cut off must not swallow this one.
    await file.appendFile(`${size > 0 && size <= MOST_BYTES ? "\n" : ""}${JSON.stringify(head)}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Every head that was noted, oldest first; null if there is no file. Lines that were cut off are passed over. */
export async function readHeads(folder: string): Promise<NotedHead[] | null> {
  const paths = [OLD, NAME].map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (paths.length === 0) return null;
  const texts = await Promise.all(paths.map((path) => readFile(path, "utf8")));
  return texts.flatMap((text) => text.split("\n").flatMap(parseLine));
}

function parseLine(line: string): NotedHead[] {
  try {
    const { at, seq, mac } = JSON.parse(line) as Partial<NotedHead>;
    return typeof at === "string" && Number.isSafeInteger(seq) && seq && typeof mac === "string"
      ? [{ at, seq, mac }]
      : [];
  } catch {
    return [];
  }
}
