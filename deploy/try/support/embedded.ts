import { setTimeout as sleep } from "node:timers/promises";
import {
  type ContainerTrial,
  logsOf,
  operatorAt,
  pairsOf,
  type RunningConsole,
  runInside,
  startContainer,
  stateOf,
  stopInGrace,
  waitForCards,
} from "./container-trial.ts";
import { RUN_FLAGS } from "./podman.ts";

const NAME = "embedded";
const VOLUME = "embedded-data";
const VERIFY = ["server/audit/verify.ts"];
const AGE = /AGE-SECRET-KEY-\S+|age1\S+/g;

/** One container with its own PostgreSQL, read-only, not root, one volume. */
export async function tryEmbedded(trial: ContainerTrial): Promise<void> {
  const { podman, report } = trial;
  let console: RunningConsole | undefined;
  const started = await report.step(
    "one container, root file system read-only, no capabilities, one volume: healthy",
    async () => {
      console = await startContainer(trial, { name: NAME, volume: VOLUME });
      const id = await podman.run(["exec", NAME, "id", "-u"]);
      const write = await podman.attempt(["exec", NAME, "sh", "-c", "touch /app/x"]);
      if (id !== "1000" || write.code === 0) throw new Error(`uid ${id}, writing to /app ended with ${write.code}`);
      return `uid ${id}; /app refuses writes`;
    },
  );
  if (!started || !console) return;
  const running = console;
  await report.step(
    "an administrator signs in, a page of cards is read from the upstream, calls are transferred",
    async () => {
      const operator = await operatorAt(trial, running);
      const cards = await waitForCards(trial, operator);
      const done = await operator.transfer(pairsOf(trial, 5), 3);
      if (done !== 5) throw new Error(`${done} of 5 transfers are done`);
      return `${cards} cards, ${done} transfers`;
    },
  );
  await tryCommands(trial);
  await tryStops(trial, running);
  await tryWrongVariables(trial);
  await podman.attempt(["rm", "--force", "--time=45", NAME]);
}

async function tryCommands(trial: ContainerTrial): Promise<void> {
  const { podman, report } = trial;
  await report.step("podman exec: audit:verify", async () => {
    const { code, text } = await runInside(trial, NAME, VERIFY);
    if (code !== 0) throw new Error(text);
    return text.split("\n")[0];
  });
  await report.step("podman exec: doctor", async () => {
    const { text, code } = await runInside(trial, NAME, ["server/doctor/doctor.ts"]);
    const lines = text.split("\n");
    if (lines.length < 10) throw new Error(`ended with ${code}: ${text}`);
    return `${lines.length} lines, exit ${code}`;
  });
  await report.step("podman exec: backup; and restore into another volume", async () => {
    const [rows, secrets, forRows, forSecrets] =
      (await runInside(trial, NAME, ["server/backup/backup.ts", "--new-keys"])).text.match(AGE) ?? [];
    const env = [`BACKUP_RECIPIENT=${forRows}`, `BACKUP_SECRETS_RECIPIENT=${forSecrets}`];
    const taken = await runInside(trial, NAME, ["server/backup/backup.ts", "/data/trial.backup"], env);
    if (taken.code !== 0) throw new Error(taken.text);
    const keys = [`--env=BACKUP_KEY=${rows}`, `--env=BACKUP_SECRETS_KEY=${secrets}`, "--env=LOG_LEVEL=warn"];
    const flags = [...RUN_FLAGS, "--rm", "--read-only", "--read-only-tmpfs=false", "--tmpfs=/tmp", ...keys];
    const volumes = [`--volume=${VOLUME}:/from:ro`, "--volume=restored-data:/data"];
    const restore = ["node", "--conditions=react-server", "server/backup/restore.ts", "/from/trial.backup"];
    const restored = await podman.attempt(["run", ...flags, ...volumes, trial.image, ...restore]);
    if (restored.code !== 0) throw new Error(`${restored.out}${restored.err}`);
    return `${taken.text.split("\n")[0]} ${restored.out.split("\n")[0]}`;
  });
}

async function tryStops(trial: ContainerTrial, running: RunningConsole): Promise<void> {
  const { podman, report, sandbox } = trial;
  await report.step("podman stop -t 45, at rest", () => stopInGrace(trial, NAME));
  await report.step(
    "podman stop -t 45 in the middle of a batch of 190 keys; started again it ends with exactly 190",
    async () => {
      const again = await startContainer(trial, { name: NAME, volume: VOLUME });
      const operator = await operatorAt(trial, again);
      const before = sandbox.store.keys.length;
      const batchId = await operator.createBatch(190);
      while (sandbox.store.keys.length < before + 10) await sleep(50);
      const stopped = await stopInGrace(trial, NAME);
      const made = sandbox.store.keys.length - before;
      if (made >= 190) throw new Error("the batch was over before the stop");
      const { state, keys } = await (
        await operatorAt(trial, await startContainer(trial, { name: NAME, volume: VOLUME }))
      ).batch(batchId);
      const all = sandbox.store.keys.length - before;
      if (state !== "done" || keys !== 190 || all !== 190) throw new Error(`${state} with ${keys} keys, ${all} made`);
      return `${stopped} with ${made} made; then ${keys} of 190, ${all} made upstream`;
    },
  );
  await report.step("killed and started again: the database recovers, the audit is whole", async () => {
    await podman.run(["kill", NAME]);
    await startContainer(trial, { name: NAME, volume: VOLUME });
    const { code, text } = await runInside(trial, NAME, VERIFY);
    if (code !== 0) throw new Error(text);
    return text.split("\n")[0];
  });
  await report.step(
    "nothing was written outside the volume and /tmp, and nothing complained that it could not",
    async () => {
      const { out, err } = await podman.attempt(["logs", running.name]);
      const complaints = `${out}${err}`.split("\n").filter((line) => /EROFS|read-only file system|EACCES/i.test(line));
      if (complaints.length > 0) throw new Error(complaints.slice(0, 3).join(" | "));
      const changed = (await podman.run(["diff", NAME]))
        .split("\n")
        .filter((line) => /^[ACD] \/(app|usr|root|home|var|etc\/(?!hosts|resolv|hostname|mtab))/.test(line));
      return changed.length === 0 ? "no file changed" : `changed by podman itself: ${changed.slice(0, 3).join(", ")}`;
    },
  );
}

/** A value nothing can be done with: one sentence, an exit code of its own, and no second try. */
async function tryWrongVariables(trial: ContainerTrial): Promise<void> {
  const { podman, report } = trial;
  const poor = ["HOST=127.0.0.1", "PORT=0", "ADMIN_USER=lin", "ADMIN_PASSWORD=passwordpassword"];
  const wrong: [what: string, env: string[], says: RegExp][] = [
    ["a port that is none", ["PORT=abc"], /PORT/],
    ["no APP_URL, and other machines let in", ["HOST=0.0.0.0"], /APP_URL/],
    ["an upstream's address that is not https", ["ESPAI_BASE_URL=http://example.org"], /ESPAI_BASE_URL/],
    ["a proxy that is no address", ["TRUST_PROXY=my-proxy"], /TRUST_PROXY/],
    ["a password that nobody could choose", poor, /^(?!.*passwordpassword).*ADMIN_PASSWORD/],
  ];
  for (const [what, env, says] of wrong) {
    await report.step(`a wrong variable (${what}): one line, exit 78`, async () => {
      const { code, out, err } = await podman.attempt([
        "run",
        "--rm",
        "--no-healthcheck",
        ...RUN_FLAGS,
        ...env.map((variable) => `--env=${variable}`),
        trial.image,
      ]);
      const lines = `${out}${err}`.trim().split("\n");
      if (code !== 78 || lines.length !== 1 || !says.test(lines[0] ?? ""))
        throw new Error(`exit ${code}: ${lines.join(" | ")}`);
      return lines[0];
    });
  }
  await report.step("a database that is not there: one line, exit 1", async () => {
    const env = ["--env=HOST=127.0.0.1", "--env=DATABASE_URL=postgresql://nobody:x@127.0.0.1:1/none"];
    const { code, out, err } = await podman.attempt([
      "run",
      "--rm",
      "--no-healthcheck",
      ...RUN_FLAGS,
      ...env,
      trial.image,
    ]);
    const lines = `${out}${err}`.trim().split("\n");
    if (code !== 1 || lines.length !== 1) throw new Error(`exit ${code}: ${lines.join(" | ")}`);
    return lines[0];
  });
  await report.step("the container itself goes on through all that", async () => {
    if ((await stateOf(trial, NAME)) !== "running") throw new Error(await logsOf(trial, NAME));
    return undefined;
  });
}
