import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { LaunchError } from "./launch-error.ts";
import { identityOf } from "./process-identity.ts";
import { type Supervised, type SuperviseOptions, supervise } from "./supervise.ts";

let supervised: Supervised | undefined;
afterEach(async () => {
  await supervised?.stop(0);
  supervised = undefined;
});

const node = (code: string) => spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "ignore"] });
const livesOn = () => node('console.log("ready"); setInterval(() => {}, 1000)');

/** Supervise what `given` says, or else a process that lives on, ready when it prints something. */
async function start(given: Partial<SuperviseOptions> = {}): Promise<Supervised> {
  supervised = await supervise({
    name: "It",
    spawn: livesOn,
    untilReady: async ({ stdout }) => {
      if (stdout) await once(stdout, "data");
    },
    onSpawn: () => undefined,
    onRestart: () => undefined,
    onGiveUp: () => undefined,
    ...given,
  });
  return supervised;
}

test("a process that is killed is prepared for and started again, as another process", async () => {
  const steps: string[] = [];
  const restarted = new Promise<number>((resolve) => {
    void start({
      prepare: async () => void steps.push("prepare"),
      onSpawn: () => void steps.push("spawn"),
      onRestart: resolve,
    }).then((first) => process.kill(first.pid() ?? 0, "SIGKILL"));
  });
  const pid = await restarted;
  expect(steps).toEqual(["prepare", "spawn", "prepare", "spawn"]);
  expect(supervised?.pid()).toBe(pid);
});

test("a process that ends before it is ready is an error, in the words its owner has for it", async () => {
  const spawnIt = () => node("process.exit(3)");
  await expect(start({ spawn: spawnIt })).rejects.toThrow(new LaunchError("It ended (3)."));
  const describeEnd = (how: string) => new LaunchError(`its own words: ${how}`);
  await expect(start({ spawn: spawnIt, describeEnd })).rejects.toThrow("its own words: 3");
  await expect(start({ spawn: () => spawn("/no/such/program"), describeEnd })).rejects.toThrow("ENOENT");
});

test("a process whose start fails after it was spawned does not stay behind", async () => {
  let child: ChildProcess | undefined;
  const failing = start({
    spawn: () => {
      child = livesOn();
      return child;
    },
    onSpawn: () => {
      throw new Error("not recorded");
    },
  });
  await expect(failing).rejects.toThrow("not recorded");
  expect(identityOf(child?.pid ?? 0)).toBeUndefined();
});

test("a stop while the next start is being prepared starts nothing", async () => {
  let spawned = 0;
  let prepared = 0;
  const [preparing, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = await start({
    prepare: async () => {
      prepared += 1;
      if (prepared === 1) return;
      preparing.resolve();
      await letGo.promise;
    },
    onSpawn: () => {
      spawned += 1;
    },
  });
  process.kill(first.pid() ?? 0, "SIGKILL");
  await preparing.promise;
  await first.stop(0);
  letGo.resolve();
  await new Promise(setImmediate);
  expect([prepared, spawned]).toEqual([2, 1]);
});

test("a process is asked to end by its own stop signal", async () => {
  const code = 'process.on("SIGINT", () => process.exit(7)); console.log("ready"); setInterval(() => {}, 1000)';
  const child = node(code);
  const ended = once(child, "exit");
  const { stop } = await start({ spawn: () => child, stopSignal: "SIGINT" });
  await stop(300_000);
  expect(await ended).toEqual([7, null]);
});
