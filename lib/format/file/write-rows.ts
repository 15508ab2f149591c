import "server-only";
import { join } from "node:path";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { Semaphore } from "@/lib/core/concurrency/semaphore";
import { sharedSlot } from "@/lib/core/shared-slot";
import type { SheetCell, SheetMessage } from "./sheet-worker";

const ROWS_PER_SLICE = 500;

/** The folder of the sources: the console is told by its process, tests run in it. */
const root = sharedSlot<string>("root");

/** One sheet at a time: each holds all its rows in memory, and there are few cores. */
const turns = new Semaphore(1);

/** An XLSX of the rows, the first of them the header, built in a worker thread; columns are as wide as their text. */
export async function writeSheet(rows: Iterable<SheetCell[]>): Promise<Uint8Array<ArrayBuffer>> {
  const release = await turns.acquire();
  try {
    return await build(rows);
  } finally {
    release();
  }
}

async function build(rows: Iterable<SheetCell[]>): Promise<Uint8Array<ArrayBuffer>> {
  // Not imported: the bundler would look for the worker's file among its own. Node runs the source as it is.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker(join(root.value ?? process.cwd(), "lib", "cards", "export", "sheet-worker.ts"), {
    execArgv: [],
    env: {},
  });
  const file = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the sheet worker ended with code ${code}`)));
  });
  // A worker that fails while rows are still being sent must not become an unhandled rejection.
  file.catch(() => undefined);
  const send = (message: SheetMessage) => worker.postMessage(message);
  try {
    let slice: SheetCell[][] = [];
    for (const row of rows) {
      slice.push(row);
      if (slice.length < ROWS_PER_SLICE) continue;
      send({ rows: slice });
      slice = [];
      await yieldToEventLoop();
    }
    send({ rows: slice });
    send({ end: true });
    return await file;
  } finally {
    void worker.terminate();
  }
}
