import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { sourceHash } from "../../server/build/source-hash.ts";
import { freePort } from "../../server/launcher/free-port.ts";

export type OpenFloor = { url: string; pid: number; close: () => Promise<void> };

const HOST = "127.0.0.1";
const folder = fileURLToPath(new URL(".", import.meta.url));
const require = createRequire(import.meta.url);
const withParent = fileURLToPath(new URL("../../server/process/exit-with-parent.ts", import.meta.url));

/**
 * The least a page of cards can be, built with the project's own Next: what the console is measured against. No sign-in,
 * no database, no components.
 */
export async function openFloor(): Promise<OpenFloor> {
  await build();
  const cards = run([fileURLToPath(new URL("cards-server.ts", import.meta.url))]);
  const [cardsPort] = (await once(cards, "message")) as [number];
  const port = await freePort(HOST, 0);
  const next = run([require.resolve("next/dist/bin/next"), "start", "--hostname", HOST, "--port", String(port)], {
    FLOOR_CARDS: `http://${HOST}:${cardsPort}`,
  });
  const url = `http://${HOST}:${port}`;
  await untilAnswers(url, next);
  return {
    url,
    pid: next.pid ?? 0,
    close: async () => {
      await Promise.all([next, cards].map(stop));
    },
  };
}

/** Once for each change of the floor or of Next. */
async function build(): Promise<void> {
  const { version } = require("next/package.json") as { version: string };
  const stamp = `${folder}.next/floor-build-id`;
  const wanted = `${version} ${sourceHash(folder)}`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("Building the floor …");
  const [code] = await once(run([require.resolve("next/dist/bin/next"), "build"]), "exit");
  if (code !== 0) throw new Error("the floor could not be built");
  writeFileSync(stamp, wanted);
}

function run(args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ["--import", withParent, ...args], {
    cwd: folder,
    env: { ...process.env, ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

async function untilAnswers(url: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the floor did not start");
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
