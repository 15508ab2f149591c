import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../../server/launcher/free-port.ts";
import { type ContainerTrial, manifestOf, runInside } from "./container-trial.ts";
import { signInAt } from "./operator.ts";
import { LIMITS, outputOf, type Ran, runProgram } from "./podman.ts";
import { PUBLIC_POSTGRES, postgresImage } from "./postgres-image.ts";
import { installPrograms } from "./programs.ts";

const NEEDED = {
  "podman-compose": "podman-compose",
  // For `init: true`.
  catatonit: "catatonit",
  // For the name "database" in the network that the two share.
  dnsname: "golang-github-containernetworking-plugin-dnsname",
};
const PROJECT = "cardesk-try";
const CONSOLE = `${PROJECT}_console_1`;
const DATABASE = `${PROJECT}_database_1`;
const NETWORK = `${PROJECT}_default`;

/** deploy/compose.yaml as it is, but for the host's port, by podman-compose in a network of its own. No upstream can be reached from there. */
export async function tryCompose(trial: ContainerTrial): Promise<void> {
  const { podman, report } = trial;
  const missing = installPrograms(NEEDED);
  if (missing) return report.skip("podman-compose up", missing);
  const bridge = await podman.attempt(["run", "--rm", ...LIMITS, "--network=bridge", "--entrypoint=true", trial.image]);
  if (bridge.code !== 0) return report.skip("podman-compose up", `no network between containers: ${bridge.err.trim()}`);
  const port = await freePort("127.0.0.1", 0);
  const compose = await prepare(trial, port);
  let records = 0;
  /** More of the audit each time: what was there is there still, and the sign-in came to it. */
  const lookAgain = async () => {
    const before = records;
    const said = await look(trial, port);
    // The last ones may have no number yet.
    records = [/(\d+) records/, /(\d+) more/].reduce((sum, part) => sum + Number(part.exec(said)?.[1] ?? 0), 0);
    if (records <= before) throw new Error(`${before} records before, and now: ${said}`);
    return `${records} records`;
  };
  try {
    const first = await report.step(
      "podman-compose up: both healthy, an administrator signs in, audit whole",
      async () => {
        outputOf("podman-compose up", await compose("up", "--detach", "--no-build"));
        return lookAgain();
      },
    );
    if (!first) return;
    await report.step("podman-compose stop -t 45, and up again: what was there is there", async () => {
      outputOf("podman-compose stop", await compose("stop", "-t", "45"));
      const ended = await podman.run(["inspect", "--format={{.State.ExitCode}}", CONSOLE]);
      if (ended !== "0") throw new Error(`the console ended with ${ended}`);
      outputOf("podman-compose start", await compose("start"));
      return `exit 0; ${await lookAgain()}`;
    });
    await report.step("the database ends and comes back: the console is healthy again by itself", async () => {
      await podman.run(["restart", "--time=10", DATABASE]);
      return lookAgain();
    });
  } finally {
    await compose("down", "-t", "45", "--volumes");
    await podman.attempt(["network", "rm", "--force", NETWORK]);
  }
}

type Compose = (...words: string[]) => Promise<Ran>;

/** The folder that compose.yaml stands in, with what an operator adds to it. */
async function prepare(trial: ContainerTrial, port: number): Promise<Compose> {
  const { podman, folder, root, image, account } = trial;
  const deploy = join(folder, "compose/deploy");
  mkdirSync(deploy, { recursive: true });
  const text = readFileSync(join(root, "deploy/compose.yaml"), "utf8");
  const published = text.replace('"127.0.0.1:3000:3000"', `"127.0.0.1:${port}:3000"`);
  if (published === text) throw new Error("compose.yaml publishes no port 3000");
  writeFileSync(join(deploy, "compose.yaml"), published);
  copyFileSync(join(root, "deploy/create-app-role.sh"), join(deploy, "create-app-role.sh"));
  const given = {
    APP_URL: `http://localhost:${port}`,
    ALLOW_PLAIN_HTTP: "1",
    ADMIN_USER: account.username,
    ADMIN_PASSWORD: account.password,
  };
  const lines = Object.entries(given).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(deploy, "cardesk.env"), `${lines.join("\n")}\n`, { mode: 0o600 });
  const wrapper = join(folder, "compose/podman");
  writeFileSync(wrapper, `#!/bin/sh\nexec ${podman.command.join(" ")} "$@"\n`, { mode: 0o755 });
  await podman.run(["tag", image, `localhost/${PROJECT}_console`]);
  const postgres = await postgresImage(trial);
  if (postgres.image !== PUBLIC_POSTGRES) await podman.run(["tag", postgres.image, PUBLIC_POSTGRES]);
  const [owner, app] = [crypto.randomUUID().replaceAll("-", ""), crypto.randomUUID().replaceAll("-", "")];
  const env = { ...process.env, POSTGRES_PASSWORD: owner, APP_PASSWORD: app };
  const file = join(deploy, "compose.yaml");
  const options = ["--podman-path", wrapper, `--podman-run-args=${LIMITS.join(" ")}`, "-p", PROJECT, "-f", file];
  return (...words) => runProgram("podman-compose", [...options, ...words], { env });
}

/** Waits for the console's health, signs in and has the audit verified. */
async function look(trial: ContainerTrial, port: number): Promise<string> {
  const url = `http://localhost:${port}`;
  for (let turn = 0; !(await isHealthy(url)); turn++) {
    if (turn > 240) throw new Error((await trial.podman.attempt(["logs", "--tail=12", CONSOLE])).err);
    await sleep(500);
  }
  await signInAt(url, await manifestOf(trial, trial.image), trial.account);
  const audit = await runInside(trial, CONSOLE, ["server/audit/verify.ts"]);
  if (audit.code !== 0) throw new Error(audit.text);
  return audit.text;
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
