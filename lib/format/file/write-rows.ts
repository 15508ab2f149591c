import "server-only";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { Semaphore } from "@/lib/core/concurrency/semaphore";
import { sharedSlot } from "@/lib/core/shared-slot";
import { type Cell, fileLines, fileStart } from "./file-lines";
import type { FileFormat, RowsMessage, WrittenFile } from "./rows-worker";

const ROWS_PER_SLICE = 500;
/** From so many rows on text is written in a worker too; below, starting one takes longer than the text. */
const MANY_ROWS = 5_000;

/** The folder of the sources: the console is told by its process, tests run in it. */
const root = sharedSlot<string>("root");

/** One worker at a time: each holds all its rows in memory, and there are few cores. */
const turns = new Semaphore(1);

type Rows = {
  format: FileFormat;
  /** The first of them is the header of a CSV or XLSX. Made as they are read: a slice at a time, then others have a turn. */
  rows: Iterable<Cell[]>;
  /** About how many rows there are. */
  count: number;
};

/**
 * Rows as a file for spreadsheets (CSV, XLSX) or as plain lines (TXT). A sheet, and text of many rows, is built in a worker
 * thread, so that meanwhile the console answers everybody else.
 */
export async function writeRows({ format, rows, count }: Rows): Promise<WrittenFile> {
  if (format !== "xlsx" && count < MANY_ROWS) return writeText(format, rows);
  const release = await turns.acquire();
  try {
    return await writeInWorker(format, rows);
  } finally {
    release();
  }
}

async function writeText(format: "csv" | "txt", rows: Iterable<Cell[]>): Promise<WrittenFile> {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(fileStart(format))];
  for await (const slice of slicesOf(rows)) parts.push(encoder.encode(fileLines(format, slice)));
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return { parts, bytes: parts.reduce((sum, part) => sum + part.byteLength, 0), sha256: hash.digest("hex") };
}

async function writeInWorker(format: FileFormat, rows: Iterable<Cell[]>): Promise<WrittenFile> {
  // Not imported: the bundler would look for the worker's file among its own. Node runs the source as it is.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker(join(root.value ?? process.cwd(), "lib", "format", "file", "rows-worker.ts"), {
    execArgv: [],
    env: {},
  });
  const file = new Promise<WrittenFile>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the worker that writes a file ended with code ${code}`)));
  });
  // A worker that fails while rows are still being sent must not become an unhandled rejection.
  file.catch(() => undefined);
  const send = (message: RowsMessage) => worker.postMessage(message);
  try {
    send({ format });
    for await (const slice of slicesOf(rows)) send({ rows: slice });
    send({ end: true });
    return await file;
  } finally {
    void worker.terminate();
  }
}

/** Slices of the rows, with a turn of the event loop after each. */
async function* slicesOf(rows: Iterable<Cell[]>): AsyncGenerator<Cell[][]> {
  let slice: Cell[][] = [];
  for (const row of rows) {
    slice.push(row);
    if (slice.length < ROWS_PER_SLICE) continue;
    yield slice;
    slice = [];
    await yieldToEventLoop();
  }
  if (slice.length > 0) yield slice;
}
