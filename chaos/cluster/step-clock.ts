/**
 * Preloaded (`NODE_OPTIONS`) into every Node process of a console under test; acts only in the web process. Its wall
 * clock is ahead by as many ms as the file `CHAOS_CLOCK_FILE` says, read ten times a second. The monotonic clock and
 * timers stay as they are, as when the clock of a real machine is set.
 */
import { readFileSync } from "node:fs";

const file = process.env.CHAOS_CLOCK_FILE;
if (file && process.argv[1]?.endsWith("console-server.ts")) stepBy(file);

function stepBy(path: string): void {
  let aheadMs = 0;
  const read = () => {
    try {
      aheadMs = Number(readFileSync(path, "utf8")) || 0;
    } catch {
      // No step yet.
    }
  };
  read();
  setInterval(read, 100).unref();
  const RealDate = Date;
  const realNow = RealDate.now;
  const now = () => realNow() + aheadMs;
  // Set on Date itself: Next copies its properties, past any proxy.
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    // Called as a function, Date ignores its arguments and tells the time.
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  });
}
