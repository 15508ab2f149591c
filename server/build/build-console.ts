import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { diskFull, saysDiskFull } from "../process/disk-full.ts";
import { LaunchError } from "../process/launch-error.ts";
import { compressStatic } from "./compress-static.ts";
import { mergeScripts } from "./merge-scripts.ts";
import { shareChunks } from "./share-chunks.ts";
import { sourceHash } from "./source-hash.ts";

/** Build the console unless `.next` already holds the build of exactly these sources. */
export async function buildConsole(root: string, log: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const stamp = join(root, ".next", "cardesk-build-id");
  // Packed without the sources of its pages, as in an image: there is nothing it could be built from.
  if (existsSync(stamp) && !existsSync(join(root, "app"))) return;
  const wanted = sourceHash(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  log("Building the console (about a minute, once for each change) …");
  rmSync(stamp, { force: true });
  await nextBuild(root, signal);
  for (const folder of ["chunks", "chunks/ssr"]) shareChunks(join(root, ".next/server", folder));
  mergeScripts(join(root, ".next"));
  await compressStatic(join(root, ".next/static"));
  mkdirSync(join(root, ".next"), { recursive: true });
  writeFileSync(stamp, wanted);
}

async function nextBuild(root: string, signal: AbortSignal | undefined): Promise<void> {
  const next = createRequire(join(root, "package.json")).resolve("next/dist/bin/next");
  const build = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: buildEnv(),
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const output: string[] = [];
  for (const stream of [build.stdout, build.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once("error", reject);
    build.once("close", resolve);
  });
  if (code === 0) return;
  if (saysDiskFull(output.join(""))) throw diskFull(root);
  throw new LaunchError(`The console could not be built:\n${output.join("").trim()}`);
}

/**
 * Next makes the ids of server actions from this key too. A new one for each build: a page of an earlier build names no action of this
 * one, and is told to reload; with a key that stays it would call whatever has the same name now.
 */
export const buildEnv = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  NO_COLOR: "1",
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
});
