import { type ChildProcess, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { freePort } from "../../../server/launcher/free-port.ts";
import { waitUntil } from "../../../server/process/wait-until.ts";
import { findProgram } from "../../../test/support/find-program.ts";
import { PatroniNode } from "./patroni-node.ts";
import { endProgram, postgresUser, type RunAs, startProgram } from "./processes.ts";

export type PatroniCluster = {
  nodes: readonly PatroniNode[];
  folder: string;
  /** Addresses of the database `cardesk` by the proxy, as a role. */
  urlOf: (role: "cardesk" | "cardesk_app" | "postgres", through?: "haproxy" | "pgbouncer") => string;
  /** The node that holds the leader's key. */
  primary: () => Promise<PatroniNode | undefined>;
  /** Whether there is one primary, and all others stream from it on its timeline, one of them synchronously if it should. */
  isWhole: (options: { synchronous: boolean }) => Promise<boolean>;
  /** Switch `synchronous_mode`, and wait until it is so. */
  setSynchronous: (on: boolean) => Promise<void>;
  stop: () => Promise<void>;
  remove: () => void;
};

const NAMES = ["pg1", "pg2", "pg3"];
const HOST = "127.0.0.1";

type Port = "etcd" | "peer" | "haproxy" | "pgbouncer";
type Ports = Record<Port, number> & { nodes: { postgres: number; rest: number }[] };

/** etcd, three Patroni nodes, HAProxy and PgBouncer on this machine, by ports, from the shipped files of `deploy/`. */
export async function startPatroniCluster(): Promise<PatroniCluster> {
  const as = postgresUser();
  const folder = mkdtempSync(join(tmpdir(), "cardesk-patroni-"));
  chmodSync(folder, 0o755);
  if (as) chownSync(folder, as.uid, as.gid);
  const password = randomBytes(12).toString("hex");
  const ports = await drawPorts();
  const configFile = writeConfig(folder, "patroni.yml", [
    ["unix_socket_directories: /var/run/postgresql", `unix_socket_directories: ${folder}`],
  ]);
  const passwords = { superuser: password, replication: password };
  const etcd = `${HOST}:${ports.etcd}`;
  const nodes = ports.nodes.map(
    (each, i) => new PatroniNode({ name: NAMES[i] ?? "", folder, configFile, ports: each, etcd, passwords, as }),
  );
  const others: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(others.splice(1).map((each) => endProgram(each)));
    await Promise.all(nodes.map((node) => node.stop()));
    for (const each of others.splice(0)) await endProgram(each);
  };
  try {
    others.push(startEtcd(folder, ports, as));
    nodes[0]?.start();
    if (!(await waitUntil(async () => nodes[0]?.is("primary") ?? false, 90_000, 250)))
      throw new Error(`no primary: ${tail(join(folder, "pg1.log"))}`);
    for (const node of nodes.slice(1)) node.start();
    others.push(startHaproxy(folder, ports, as), startPgBouncer(folder, ports, password, as));
  } catch (error) {
    await stop();
    throw error;
  }
  const urlOf: PatroniCluster["urlOf"] = (role, through = "haproxy") =>
    `postgresql://${role}:${password}@${HOST}:${ports[through]}/${role === "postgres" ? "postgres" : "cardesk"}`;
  const primary = async () => {
    const answers = await Promise.all(nodes.map((node) => node.is("primary")));
    return nodes.find((_, i) => answers[i]);
  };
  const cluster = { nodes, folder, urlOf, primary };
  const isWhole: PatroniCluster["isWhole"] = (options) => isClusterWhole(nodes, options);
  return {
    ...cluster,
    isWhole,
    setSynchronous: async (on) => {
      const leader = await primary();
      await fetch(`http://${HOST}:${leader?.ports.rest}/config`, {
        method: "PATCH",
        body: JSON.stringify({ synchronous_mode: on, synchronous_mode_strict: on }),
      });
      if (!(await waitUntil(() => isWhole({ synchronous: on }), 60_000, 250)))
        throw new Error("synchronous_mode does not change");
    },
    stop,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The roles and an empty database of the console, as the comment of `patroni.yml` says. */
export async function createDatabase(cluster: PatroniCluster): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.urlOf("postgres") });
  await client.connect();
  try {
    const password = client.escapeLiteral(client.password ?? "");
    await client.query("drop database if exists cardesk with (force)");
    const { rows } = await client.query("select from pg_roles where rolname = 'cardesk'");
    for (const role of rows.length === 0 ? ["cardesk", "cardesk_app"] : [])
      await client.query(`create role ${role} login password ${password}`);
    await client.query("create database cardesk owner cardesk");
  } finally {
    await client.end();
  }
}

type Member = { name: string; role: string; state: string; timeline?: number };

async function isClusterWhole(
  nodes: readonly PatroniNode[],
  { synchronous }: { synchronous: boolean },
): Promise<boolean> {
  for (const node of nodes) {
    try {
      const answer = await fetch(`http://${HOST}:${node.ports.rest}/cluster`, { signal: AbortSignal.timeout(3_000) });
      const { members } = (await answer.json()) as { members: Member[] };
      const leader = members.find(({ role }) => role === "leader");
      const follow = members.filter(({ role }) => role === "replica" || role === "sync_standby");
      const isWell = ({ state, timeline }: Member) =>
        (state === "running" || state === "streaming") && timeline === leader?.timeline;
      const hasSync = follow.some(({ role }) => role === "sync_standby");
      return (
        leader !== undefined &&
        follow.length === nodes.length - 1 &&
        members.every(isWell) &&
        hasSync === synchronous &&
        (await isPrimary(nodes, leader.name))
      );
    } catch {
      // Its Patroni may be the one that was killed.
    }
  }
  return false;
}

const isPrimary = async (nodes: readonly PatroniNode[], name: string): Promise<boolean> =>
  (await nodes.find((node) => node.name === name)?.is("primary")) ?? false;

async function drawPorts(): Promise<Ports> {
  const used = new Set<number>();
  const draw = async (): Promise<number> => {
    const port = await freePort(HOST, 0);
    if (used.has(port)) return draw();
    used.add(port);
    return port;
  };
  return {
    etcd: await draw(),
    peer: await draw(),
    haproxy: await draw(),
    pgbouncer: await draw(),
    nodes: [
      { postgres: await draw(), rest: await draw() },
      { postgres: await draw(), rest: await draw() },
      { postgres: await draw(), rest: await draw() },
    ],
  };
}

/** A shipped file with this machine's addresses in place of its own. Each must stand in it. */
function writeConfig(folder: string, name: string, changes: [string, string][]): string {
  let text = readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`deploy/${name} has no “${from}”`);
    text = text.replace(from, to);
  }
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o644 });
  return path;
}

function startEtcd(folder: string, ports: Ports, as: RunAs): ChildProcess {
  const [client, peer] = [`http://${HOST}:${ports.etcd}`, `http://${HOST}:${ports.peer}`];
  const args = [
    ["--name", "etcd"],
    ["--data-dir", join(folder, "etcd")],
    ["--listen-client-urls", client],
    ["--advertise-client-urls", client],
    ["--listen-peer-urls", peer],
    ["--initial-advertise-peer-urls", peer],
    ["--initial-cluster", `etcd=${peer}`],
  ].flat();
  return startProgram("etcd", args, { log: join(folder, "etcd.log"), as });
}

function startHaproxy(folder: string, ports: Ports, as: RunAs): ChildProcess {
  const nodes = ports.nodes.map(({ postgres, rest }, i): [string, string] => [
    `10.0.0.1${i + 1}:5432 check port 8008`,
    `${HOST}:${postgres} check port ${rest}`,
  ]);
  const path = writeConfig(folder, "haproxy-postgres.cfg", [
    ["bind 127.0.0.1:5000", `bind ${HOST}:${ports.haproxy}`],
    ...nodes,
  ]);
  execFileSync(findProgram("haproxy") ?? "haproxy", ["-c", "-q", "-f", path]);
  return startProgram("haproxy", ["-db", "-f", path], { log: join(folder, "haproxy.log"), as });
}

function startPgBouncer(folder: string, ports: Ports, password: string, as: RunAs): ChildProcess {
  const users = join(folder, "userlist.txt");
  writeFileSync(users, `"cardesk" "${password}"\n"cardesk_app" "${password}"\n`, { mode: 0o600 });
  if (as) chownSync(users, as.uid, as.gid);
  const proxy = `host=${HOST} port=${ports.haproxy}`;
  const path = writeConfig(folder, "pgbouncer.ini", [
    ["host=127.0.0.1 port=5000", proxy],
    // Beside it the mode that does not work, to show that a start refuses it.
    ["[databases]", `[databases]\ntransactions = ${proxy} dbname=cardesk pool_mode=transaction`],
    ["listen_port = 6432", `listen_port = ${ports.pgbouncer}`],
    ["/etc/pgbouncer/userlist.txt", users],
    ["listen_addr = 127.0.0.1", `listen_addr = ${HOST}\nunix_socket_dir =`],
  ]);
  return startProgram("pgbouncer", [path], { log: join(folder, "pgbouncer.log"), as });
}

function tail(path: string): string {
  return readFileSync(path, "utf8").trim().split("\n").slice(-5).join(" | ");
}
