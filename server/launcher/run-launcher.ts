import { ConfigurationError } from "../process/launch-error.ts";
import { printError } from "../process/print-error.ts";
import { watchParent } from "../process/watch-parent.ts";

export type Launch = {
  /** Aborted when everything is to stop: a start in progress gives up at its next step. */
  signal: AbortSignal;
  /** Register how to end what has just been started; on a stop the last one registered runs first. */
  atStop: (end: () => Promise<void> | void) => void;
  /** End everything, then this process with that exit code. */
  stop: (code: number) => Promise<void>;
};

/** npm may pass on a signal that the terminal has sent to us too; one that comes so soon is the same request. */
const sameRequestMs = 500;

/**
 * A launcher's life: run `start`, and stop everything in order on a signal, when the terminal is closed, when what
 * started us is gone, or when the start fails. A second SIGINT or SIGTERM ends this process at once; its children then
 * stop by themselves.
 */
export async function runLauncher(start: (launch: Launch) => Promise<void>, log: (line: string) => void) {
  const ends: (() => Promise<void> | void)[] = [];
  const abort = new AbortController();
  let stopping: Promise<void> | undefined;
  let requestedAt = 0;

  const stop = (code: number) => {
    stopping ??= (async () => {
      abort.abort();
      for (let end = ends.pop(); end; end = ends.pop()) {
        try {
          await end();
        } catch (error) {
          printError(error);
        }
      }
      process.exit(code);
    })();
    return stopping;
  };
  const request = () => {
    if (stopping) return;
    requestedAt = Date.now();
    log("Stopping …");
    void stop(0);
  };

  // A closed terminal or pipe takes no more lines; that must not end us half-way through the shutdown.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping && Date.now() - requestedAt > sameRequestMs) process.exit(1);
      request();
    });
  }
  // A closed terminal sends this more than once, and takes our parent with it: one request, never a second.
  process.on("SIGHUP", request);
  watchParent(request);

  try {
    await start({ signal: abort.signal, atStop: (end) => ends.push(end), stop });
  } catch (error) {
    if (abort.signal.aborted) return;
    printError(error);
    await stop(error instanceof ConfigurationError ? ConfigurationError.exitCode : 1);
  }
}
