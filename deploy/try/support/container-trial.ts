import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { upstreamEnv } from "../../../chaos/cluster/upstreams.ts";
import type { Sandbox } from "../../../sandbox/start-sandbox.ts";
import { balanceOf } from "../../../sandbox/store/card-row.ts";
import { freePort } from "../../../server/launcher/free-port.ts";
import { type ActionManifest, readActionManifest } from "../../../test/support/action-manifest.ts";
import { type Account, type Operator, signInAt } from "./operator.ts";
import { type Podman, RUN_FLAGS } from "./podman.ts";
import type { Report } from "./report.ts";

export type ContainerTrial = {
  podman: Podman;
  /** For what the trial makes; images and containers lie in it too. */
  folder: string;
  root: string;
  image: string;
  /** The upstreams, on the host. */
  sandbox: Sandbox;
  account: Account;
  report: Report;
  /** What is upgraded from, if not from the version before the newest migration. */
  from: string | undefined;
};

/** Some password nobody would think of; it opens nothing but this trial's consoles. */
export const ADMIN: Account = { username: "trial", password: `Quota-${crypto.randomUUID()}` };

/** As it is meant to be run: nothing of the image can be written, and the volume is all that stays. */
export const CLOSED = [
  "--read-only",
  "--read-only-tmpfs=false",
  "--tmpfs=/tmp",
  "--cap-drop=all",
  "--security-opt=no-new-privileges",
];

export type RunningConsole = { name: string; url: string };

type Start = { name: string; volume: string; env?: Record<string, string>; image?: string; flags?: readonly string[] };

/** Start a console's container and wait until its own health check says so. */
export async function startContainer(trial: ContainerTrial, start: Start): Promise<RunningConsole> {
  const { podman } = trial;
  const { name, volume, image = trial.image, flags = CLOSED } = start;
  const port = await freePort("127.0.0.1", 0);
  const env = { ...consoleEnv(trial, port), ...start.env };
  await podman.attempt(["rm", "--force", "--time=5", name]);
  const given = Object.entries(env).map(([key, value]) => `--env=${key}=${value}`);
  const options = [...RUN_FLAGS, ...flags, ...given, `--volume=${volume}:/data`, "--name", name];
  await podman.run(["run", "--detach", ...options, image]);
  for (let turn = 0; turn < 360; turn++) {
    if ((await podman.attempt(["healthcheck", "run", name])).code === 0)
      return { name, url: `http://localhost:${port}` };
    if ((await stateOf(trial, name)) !== "running") break;
    await sleep(500);
  }
  throw new Error(`not healthy: ${await logsOf(trial, name)}`);
}

/** The console's variables: the host's own address, as its network is shared, and the sandbox's keys. */
export const consoleEnv = ({ sandbox, account }: ContainerTrial, port: number): Record<string, string> => ({
  ...upstreamEnv(sandbox),
  HOST: "127.0.0.1",
  PORT: String(port),
  ADMIN_USER: account.username,
  ADMIN_PASSWORD: account.password,
  QUIET_PERIOD_SECONDS: "60",
});

/** Stop as the compose file does; the exit code and how many seconds it took. */
export async function stopContainer(
  { podman }: ContainerTrial,
  name: string,
): Promise<{ code: number; seconds: number }> {
  const began = performance.now();
  await podman.run(["stop", "--time=45", name]);
  const seconds = (performance.now() - began) / 1000;
  return { code: Number(await podman.run(["inspect", "--format={{.State.ExitCode}}", name])), seconds };
}

/** As {@link stopContainer}, and an error unless it ended with 0 before it would have been killed. */
export async function stopInGrace(trial: ContainerTrial, name: string): Promise<string> {
  const { code, seconds } = await stopContainer(trial, name);
  if (code !== 0 || seconds >= 45) throw new Error(`ended with ${code} after ${seconds.toFixed(1)} s`);
  return `exit 0 after ${seconds.toFixed(1)} s`;
}

export const stateOf = ({ podman }: ContainerTrial, name: string): Promise<string> =>
  podman.run(["inspect", "--format={{.State.Status}}", name]);

export async function logsOf({ podman }: ContainerTrial, name: string): Promise<string> {
  const { out, err } = await podman.attempt(["logs", "--tail=12", name]);
  return `${out}${err}`.trim();
}

/** The build's server actions, as the image has them. */
export async function manifestOf({ podman, folder }: ContainerTrial, image: string): Promise<ActionManifest> {
  const copy = join(folder, "manifest");
  const path = ".next/server/server-reference-manifest.json";
  mkdirSync(join(copy, ".next/server"), { recursive: true });
  const container = await podman.run(["create", image]);
  await podman.run(["cp", `${container}:/app/${path}`, join(copy, path)]);
  await podman.run(["rm", container]);
  return readActionManifest(copy);
}

export async function operatorAt(
  trial: ContainerTrial,
  { url }: RunningConsole,
  image = trial.image,
): Promise<Operator> {
  return signInAt(url, await manifestOf(trial, image), trial.account);
}

/** Waits until the mirror has all of the sandbox's cards; how many. */
export async function waitForCards({ sandbox }: ContainerTrial, operator: Operator): Promise<number> {
  for (let turn = 0; turn < 240; turn++) {
    const cards = await operator.cards();
    if (cards >= sandbox.store.cards.size) return cards;
    await sleep(500);
  }
  throw new Error(`the mirror has ${await operator.cards()} of ${sandbox.store.cards.size} cards`);
}

/** Pairs of cards that have something to give. */
export function pairsOf({ sandbox }: ContainerTrial, count: number): (readonly [string, string])[] {
  const cards = [...sandbox.store.cards.values()].filter((card) => card.user_phone && card.type !== "0");
  const rich = cards.filter((card) => (balanceOf(card) ?? 0) > 200);
  return Array.from({ length: count }, (_, at) => [rich[2 * at]?.id ?? "", rich[2 * at + 1]?.id ?? ""] as const);
}

/** Run one of the console's own commands in its container, as an operator would. */
export async function runInside(
  { podman }: ContainerTrial,
  name: string,
  command: readonly string[],
  env: readonly string[] = [],
) {
  const given = env.map((line) => `--env=${line}`);
  const { code, out, err } = await podman.attempt([
    "exec",
    ...given,
    name,
    "node",
    "--conditions=react-server",
    ...command,
  ]);
  return { code, text: `${out}${err}`.trim() };
}
