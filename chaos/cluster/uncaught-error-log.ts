import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Next reports an uncaught error under Node's event name and goes on. */
const REPORTED = /\b(?:uncaughtException|unhandledRejection)\b:?\s*(.*)/;
/** Without a handler Node prints the error, then its own version as the last line of the process. */
const DIED = /^Node\.js v\d/;
const ERROR = /^(?:\w*Error|\[\w+)\b.*/;

/** The uncaught exceptions and unhandled rejections in a growing log file, and how many lines were read to find them. */
export class UncaughtErrorLog {
  readonly errors: string[] = [];
  lines = 0;
  readonly #path: string;
  #offset = 0;
  #partial = "";
  #lastError = "";

  constructor(path: string) {
    this.#path = path;
  }

  /** Read what was appended since the last call; from the start if the file has been truncated or replaced. */
  read(): void {
    const lines = (this.#partial + this.#appended()).split("\n");
    this.#partial = lines.pop() ?? "";
    for (const line of lines) this.#add(line);
  }

  #add(line: string): void {
    this.lines += 1;
    const [, reported] = REPORTED.exec(line) ?? [];
    if (reported !== undefined) this.errors.push(reported);
    else if (DIED.test(line)) this.errors.push(`${this.#lastError || "unknown error"}, and the process died of it`);
    [this.#lastError = this.#lastError] = ERROR.exec(line) ?? [];
  }

  #appended(): string {
    let file: number;
    try {
      file = openSync(this.#path, "r");
    } catch {
      // A console that has not started yet has no log.
      return "";
    }
    try {
      const { size } = fstatSync(file);
      if (size < this.#offset) this.#offset = 0;
      const bytes = Buffer.alloc(size - this.#offset);
      const count = readSync(file, bytes, 0, bytes.length, this.#offset);
      this.#offset += count;
      return bytes.toString("utf8", 0, count);
    } finally {
      closeSync(file);
    }
  }
}
