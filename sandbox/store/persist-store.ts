import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type Store, type StoreParts, storeOf } from "./store.ts";

const VERSION = 1;
const DELAY_MS = 250;

export type StoreWriter = {
  /** Write soon. */
  changed(): void;
  /** Write now if anything changed. */
  flush(): void;
};

/** The store saved at `path`, or null if there is none yet. Throws if the file is not a saved store. */
export function loadStore(path: string): Store | null {
  if (!existsSync(path)) return null;
  try {
    const saved: StoreParts & { version: number } = JSON.parse(readFileSync(path, "utf8"));
    if (saved.version !== VERSION) throw new Error(`version ${saved.version}`);
    return storeOf(saved);
  } catch (error) {
    throw new Error(`SANDBOX_STATE ${path} can't be read; move it away to start with a new one`, { cause: error });
  }
}

/** Saves a store to a file, atomically, at most every quarter of a second. */
export function storeWriter(path: string, store: () => Store): StoreWriter {
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    const { cards, codes: _codes, ...rest } = store();
    writeAtomically(path, JSON.stringify({ version: VERSION, ...rest, cards: [...cards.values()] }));
  };
  return {
    changed: () => {
      timer ??= setTimeout(write, DELAY_MS);
    },
    flush: () => {
      if (!timer) return;
      clearTimeout(timer);
      write();
    },
  };
}

function writeAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(`${path}.new`, "w", 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}
