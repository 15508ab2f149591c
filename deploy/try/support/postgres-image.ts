import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ContainerTrial } from "./container-trial.ts";
import { importDebian } from "./images.ts";

export const PUBLIC_POSTGRES = "docker.io/library/postgres:18";
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
  echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
  $bin/pg_ctl -D "$data" -w -o "-c listen_addresses= -c unix_socket_directories=/tmp" start > /dev/null
  $bin/createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
  for script in /docker-entrypoint-initdb.d/*.sh; do sh "$script"; done
  $bin/pg_ctl -D "$data" -w stop > /dev/null
fi
exec $bin/postgres -D "$data" -c unix_socket_directories=/tmp -c "listen_addresses=\${LISTEN:-*}" -c "port=\${PGPORT:-5432}"
`;

/** The public image with PostgreSQL; where it can't be fetched, one made here of Debian's. */
export async function postgresImage({ podman, folder }: ContainerTrial): Promise<{ image: string; origin: string }> {
  if ((await podman.attempt(["pull", "--quiet", PUBLIC_POSTGRES], 300_000)).code === 0)
    return { image: PUBLIC_POSTGRES, origin: PUBLIC_POSTGRES };
  if ((await podman.attempt(["image", "exists", MADE])).code !== 0) {
    await importDebian(podman, folder, { image: BASE, packages: ["postgresql"] });
    const context = join(folder, "postgres");
    mkdirSync(context, { recursive: true });
    writeFileSync(join(context, "entrypoint.sh"), ENTRYPOINT, { mode: 0o755 });
    const lines = [
      `FROM ${BASE}`,
      "COPY entrypoint.sh /entrypoint.sh",
      "ENV PATH=/usr/lib/postgresql/15/bin:/usr/bin:/bin PGHOST=/tmp",
      "USER postgres",
      "STOPSIGNAL SIGINT",
      'ENTRYPOINT ["/entrypoint.sh"]',
    ];
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await podman.build(["bud", "--isolation=chroot", "-t", MADE, context]);
  }
  return { image: MADE, origin: "Debian's PostgreSQL 15, in an image made here" };
}
