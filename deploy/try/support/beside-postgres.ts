import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../../server/launcher/free-port.ts";
import {
  type ContainerTrial,
  operatorAt,
  pairsOf,
  runInside,
  startContainer,
  stopInGrace,
  waitForCards,
} from "./container-trial.ts";
import { RUN_FLAGS } from "./podman.ts";
import { postgresImage } from "./postgres-image.ts";

const DATABASE = "database";
const VOLUME = "console-data";
/** The console's container beside one with PostgreSQL, with what deploy/compose.yaml gives them. */
export async function tryBesidePostgres(trial: ContainerTrial): Promise<void> {
  const { podman, report, folder, root } = trial;
  let image = "";
  const built = await report.step("an image with PostgreSQL", async () => {
    const found = await postgresImage(trial);
    image = found.image;
    return found.origin;
  });
  if (!built) return;
  const [owner, app] = [crypto.randomUUID().replaceAll("-", ""), crypto.randomUUID().replaceAll("-", "")];
  const port = await freePort("127.0.0.1", 0);
  const started = await report.step(
    "PostgreSQL's container makes its database, and the running console's role by create-app-role.sh",
    async () => {
      const compose = readFileSync(join(root, "deploy/compose.yaml"), "utf8");
      const env = { POSTGRES_USER: "cardesk", POSTGRES_DB: "cardesk", POSTGRES_PASSWORD: owner, APP_PASSWORD: app };
      const absent = Object.keys(env).filter((name) => !compose.includes(`${name}:`));
      if (absent.length > 0) throw new Error(`compose.yaml gives no ${absent.join(", ")}`);
      const scripts = join(folder, "initdb.d");
      mkdirSync(scripts, { recursive: true });
      copyFileSync(join(root, "deploy/create-app-role.sh"), join(scripts, "create-app-role.sh"));
      const given = Object.entries({ ...env, PGPORT: String(port), LISTEN: "127.0.0.1" }).map(
        ([key, value]) => `--env=${key}=${value}`,
      );
      await podman.attempt(["rm", "--force", "--volumes", "--time=10", DATABASE]);
      const flags = [...RUN_FLAGS, ...given, `--volume=${scripts}:/docker-entrypoint-initdb.d:ro`, "--name", DATABASE];
      await podman.run(["run", "--detach", ...flags, image]);
      for (let turn = 0; turn < 240; turn++) {
        const ready = await podman.attempt(["exec", DATABASE, "pg_isready", "-h", "127.0.0.1", "-U", "cardesk"]);
        if (ready.code === 0) return "pg_isready";
        await sleep(500);
      }
      throw new Error((await podman.attempt(["logs", DATABASE])).err);
    },
  );
  if (!started) return;
  const at = `127.0.0.1:${port}/cardesk`;
  const env = {
    DATABASE_URL: `postgresql://cardesk_app:${app}@${at}`,
    DATABASE_OWNER_URL: `postgresql://cardesk:${owner}@${at}`,
  };
  await report.step(
    "the console beside it, with both roles: healthy, cards read, calls transferred, audit whole",
    async () => {
      const console = await startContainer(trial, { name: "beside", volume: VOLUME, env });
      const operator = await operatorAt(trial, console);
      const cards = await waitForCards(trial, operator);
      const done = await operator.transfer(pairsOf(trial, 5), 2);
      const audit = await runInside(trial, "beside", ["server/audit/verify.ts"]);
      const files = await podman.run(["exec", "beside", "ls", "/data"]);
      if (done !== 5 || audit.code !== 0 || /\bpg\b/.test(files))
        throw new Error(`${done} transfers, files ${files}; ${audit.text}`);
      return `${cards} cards, ${done} transfers; ${audit.text.split("\n")[0]}`;
    },
  );
  await report.step("the running console's role may change neither tables nor the audit", async () => {
    const refused = await Promise.all(
      ["drop table card", "delete from audit", "update audit set action = action"].map((sql) =>
        podman.attempt(["exec", DATABASE, "psql", "-h", "127.0.0.1", "-p", String(port), env.DATABASE_URL, "-c", sql]),
      ),
    );
    const allowed = refused.filter(({ code, err }) => code === 0 || !/permission denied|must be owner/.test(err));
    if (allowed.length > 0) throw new Error(JSON.stringify(allowed));
    return `${refused.length} statements refused`;
  });
  await report.step("podman stop -t 45 beside PostgreSQL", () => stopInGrace(trial, "beside"));
  await podman.attempt(["rm", "--force", "--volumes", "--time=10", DATABASE]);
}
