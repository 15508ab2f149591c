import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readCredentials } from "../../sandbox/core/credentials.ts";
import { LaunchError } from "../process/launch-error.ts";
import { type Supervised, type SuperviseOptions, supervise } from "../process/supervise.ts";

/** What the sandbox prints about itself once it listens. */
type Ready = { ready: true; url: string; espai: string; potato: string; talkbot: string };

export type SandboxProcess = Supervised & {
  url: string;
  token: string;
  /** The console's variables that make the sandbox its upstreams. */
  env: Record<string, string>;
};

/** Start the stand-in upstreams and keep them running on one port, with their state in the data folder. */
export async function startSandboxProcess(
  folder: string,
  token: string,
  events: Pick<SuperviseOptions, "onSpawn" | "onRestart" | "onGiveUp">,
): Promise<SandboxProcess> {
  const sign = process.env.SANDBOX_POTATO_SIGN || "v3";
  let ready: Ready | undefined;
  const supervised = await supervise({
    name: "The sandbox",
    ...events,
    spawn: () => {
      const exitWithParent = fileURLToPath(new URL("../process/exit-with-parent.ts", import.meta.url));
      const main = fileURLToPath(new URL("../../sandbox/main.ts", import.meta.url));
      return spawn(process.execPath, ["--import", exitWithParent, main], {
        env: {
          ...process.env,
          ...(ready && portsOf(ready)),
          SANDBOX_STATE: join(folder, "sandbox.json"),
          SANDBOX_TOKEN: token,
          SANDBOX_POTATO_SIGN: sign,
        },
        stdio: ["ignore", "pipe", "inherit", "ipc"],
        detached: true,
      });
    },
    untilReady: async ({ stdout }) => {
      if (!stdout) throw new LaunchError("The sandbox has no output to read.");
      const lines = createInterface({ input: stdout });
      const [line] = (await once(lines, "line", { signal: AbortSignal.timeout(30_000) })) as [string];
      ready = JSON.parse(line) as Ready;
    },
  });
  if (!ready) throw new LaunchError("The sandbox did not say where it listens.");
  return { ...supervised, url: ready.url, token, env: upstreamEnv(ready, token, sign) };
}

/** The console keeps the addresses it was given, so a restarted sandbox must come back at the same ones. */
function portsOf({ url, espai, potato, talkbot }: Ready): Record<string, string> {
  return {
    SANDBOX_PORT: new URL(url).port,
    SANDBOX_ESPAI_PORT: new URL(espai).port,
    SANDBOX_POTATO_PORT: new URL(potato).port,
    SANDBOX_TALKBOT_PORT: new URL(talkbot).port,
  };
}

function upstreamEnv(ready: Ready, token: string, sign: string): Record<string, string> {
  const keys = readCredentials(process.env);
  return {
    SANDBOX_URL: ready.url,
    SANDBOX_TOKEN: token,
    ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1",
    ESPAI_BASE_URL: ready.espai,
    ESPAI_API_KEY: keys.espaiKey,
    POTATO_BASE_URL: ready.potato,
    POTATO_ASK_KEY: keys.potatoAskKey,
    POTATO_USER_TOKEN: keys.potatoUserToken,
    POTATO_SIGN: sign,
    POTATO_SIGN_SECRET: keys.potatoSignSecret,
    TALKBOT_BASE_URL: ready.talkbot,
    TALKBOT_API_KEY: keys.talkbotKey,
  };
}
