/**
 * The launcher with nothing to start but one child, so that what stops it can be tested in seconds. It reports on the
 * socket REPORT_TO: its own id and its child's when it is ready, then each step of its shutdown. With the argument
 * "stuck" the shutdown never finishes.
 */
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { runLauncher } from "../../server/launcher/run-launcher.ts";
import { supervise } from "../../server/process/supervise.ts";

const socket = connect(process.env.REPORT_TO ?? "");
const report = (line: string) => new Promise<void>((resolve) => socket.write(`${line}\n`, () => resolve()));
const exitWithParent = fileURLToPath(new URL("../../server/process/exit-with-parent.ts", import.meta.url));

await runLauncher(
  async ({ atStop, stop }) => {
    atStop(() => report("stopped the first"));
    const child = await supervise({
      name: "The child",
      spawn: () =>
        spawn(process.execPath, ["--import", exitWithParent, "-e", "setInterval(() => {}, 1000)"], {
          stdio: ["ignore", "inherit", "inherit", "ipc"],
          detached: true,
        }),
      untilReady: async () => undefined,
      onSpawn: () => undefined,
      onRestart: () => undefined,
      onGiveUp: () => void stop(1),
    });
    atStop(async () => {
      await child.stop(5_000);
      await report("stopped the child");
    });
    if (process.argv.includes("stuck")) {
      atStop(async () => {
        await report("stuck");
        await new Promise(() => undefined);
      });
    }
    await report(JSON.stringify({ launcher: process.pid, child: child.pid() }));
  },
  (line) => process.stdout.write(`${line}\n`),
);
