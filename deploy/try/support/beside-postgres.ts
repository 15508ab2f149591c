import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
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
import { importDebian } from "./images.ts";
import { RUN_FLAGS } from "./podman.ts";

const DATABASE = "database";
const VOLUME = "console-data";
const PUBLIC = "docker.io/library/postgres:18";
const BASE = "localhost/made/debian-postgres";
const MADE = "localhost/made/postgres:15";

/** What the public image does of which compose.yaml makes use, for Debian's own PostgreSQL. */
const ENTRYPOINT = `#!/bin/sh
set -e
bin=/usr/lib/postgresql/15/bin
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
  mkdir -p "$data"
  printf %s "$POSTGRES_PASSWORD" > /tmp/password
  $bin/initdb -D "$data" -U "$POSTGRES_USER" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust -E UTF8 --locale=C.UTF-8 > /dev/null
  rm /tmp/password
  $bin/pg_ctl -D "$data" -w -o "-c listen_addresses= -c unix_socket_directories=/tmp" start > /dev/null
  export PGHOST=/tmp
  $bin/createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
  for script in /docker-entrypoint-initdb.d/*.sh; do sh "$script"; done
  $bin/pg_ctl -D "$data" -w stop > /dev/null
fi
exec $bin/postgres -D "$data" -c unix_socket_directories=/tmp -c listen_addresses=127.0.0.1 -c "port=$PGPORT"
`;

/** The console's container beside one with PostgreSQL, with what deploy/compose.yaml gives them. */
export async function tryBesidePostgres(trial: ContainerTrial): Promise<void> {
  const { podman, report, folder, root } = trial;
  report.skip(
    "podman-compose up",
    "the containers of this trial share the host's network; they are made by hand, with the file's variables",
  );
  let image = PUBLIC;
  const built = await report.step("an image with PostgreSQL", async () => {
    if ((await podman.attempt(["pull", "--quiet", PUBLIC], 300_000)).code === 0) return PUBLIC;
    image = MADE;
    if ((await podman.attempt(["image", "exists", MADE])).code !== 0) {
      await importDebian(podman, folder, { image: BASE, packages: ["postgresql"] });
      const context = join(folder, "postgres");
      mkdirSync(context, { recursive: true });
      writeFileSync(join(context, "entrypoint.sh"), ENTRYPOINT, { mode: 0o755 });
      const lines = [
        `FROM ${BASE}`,
        "COPY entrypoint.sh /entrypoint.sh",
        "ENV PATH=/usr/lib/postgresql/15/bin:/usr/bin:/bin",
        "USER postgres",
        "STOPSIGNAL SIGINT",
        'ENTRYPOINT ["/entrypoint.sh"]',
      ];
      writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
      await podman.build(["bud", "--isolation=chroot", "-t", MADE, context]);
    }
    return "Debian's PostgreSQL 15, in an image made here";
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
      const given = Object.entries({ ...env, PGPORT: String(port) }).map(([key, value]) => `--env=${key}=${value}`);
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
