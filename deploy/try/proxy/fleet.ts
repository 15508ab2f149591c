import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Console } from "../../../chaos/cluster/console.ts";
import { DbReader } from "../../../chaos/cluster/db-reader.ts";
import { upstreamEnv } from "../../../chaos/cluster/upstreams.ts";
import { type Sandbox, startSandbox } from "../../../sandbox/start-sandbox.ts";
import { freePort } from "../../../server/launcher/free-port.ts";
import { startPostgres } from "../../../server/postgres/start-postgres.ts";
import { PROXY_HOST, selfSigned } from "../../../test/support/nginx.ts";

export const LOOPBACK = "127.0.0.1";
/** As README says it for several consoles. */
const DRAIN_SECONDS = 10;
const CARDS = 300;

export type Member = { console: Console; port: number };

/** Several consoles on one PostgreSQL, which none of them owns, with the same secrets; nothing in front of them yet. */
export type Fleet = {
  /** The address of all of them, at the proxy. */
  url: string;
  ports: { http: number; https: number };
  ca: Buffer;
  password: string;
  sandbox: Sandbox;
  db: DbReader;
  members: readonly Member[];
  /** One more console, of the build in `root`. */
  add: (root: string) => Promise<Member>;
  /** A new folder with the certificate, for a proxy. */
  proxyFolder: (name: string) => string;
  logTails: () => string;
  unhandled: () => string[];
  close: (how: { keep: boolean }) => Promise<void>;
};

export async function openFleet(openssl: string): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-fleet-"));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const secret = () => randomBytes(24).toString("hex");
  const passwords = { superuser: secret(), owner: secret(), app: secret() };
  const postgres = await startPostgres({ folder, passwords });
  const sandbox = await startSandbox({ cards: CARDS, options: { latencyMs: 20, jitterMs: 20, sign: "v3" } });
  const ports = { http: await freePort(LOOPBACK, 0), https: await freePort(LOOPBACK, 0) };
  const url = `https://${PROXY_HOST}:${ports.https}`;
  const password = secret();
  const shared = {
    ...inherited(),
    ...upstreamEnv(sandbox),
    NODE_ENV: "production" as const,
    AUTH_SECRET: secret(),
    APP_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    ADMIN_USER: "admin",
    ADMIN_PASSWORD: password,
    DEMO_USERS: "1",
    HOST: LOOPBACK,
    APP_URL: url,
    TRUST_PROXY: "loopback",
    DRAIN_SECONDS: String(DRAIN_SECONDS),
    QUIET_PERIOD_SECONDS: "8",
    DATABASE_URL: postgres.url,
    DATABASE_OWNER_URL: postgres.ownerUrl,
  };
  const members: Member[] = [];
  const certificate = join(folder, "certificate");
  mkdirSync(certificate);
  const ca = selfSigned(openssl, certificate);
  const db = new DbReader(postgres.url);
  return {
    url,
    ports,
    ca,
    password,
    sandbox,
    db,
    members,
    add: async (root) => {
      const name = `c${members.length}`;
      const dataDir = join(folder, name);
      mkdirSync(dataDir);
      const port = await freePort(LOOPBACK, 0);
      // The launcher of that build, and not of this one.
      const { Console: Started } = (await import(pathToFileURL(join(root, "chaos/cluster/console.ts")).href)) as {
        Console: typeof Console;
      };
      const member = {
        console: new Started(name, dataDir, { ...shared, DATA_DIR: dataDir, PORT: String(port) }),
        port,
      };
      members.push(member);
      await member.console.start();
      return member;
    },
    proxyFolder: (name) => {
      const made = join(folder, name);
      mkdirSync(made);
      cpSync(certificate, made, { recursive: true });
      return made;
    },
    logTails: () => members.map(({ console }) => console.logTail()).join("\n"),
    unhandled: () => members.flatMap(({ console }) => console.processLogs().flatMap(({ uncaught }) => uncaught)),
    close: async ({ keep }) => {
      await Promise.all(members.map(({ console }) => console.stop()));
      await Promise.all(members.map(({ console }) => console.killLeftovers()));
      await db.close();
      await postgres.stop();
      await sandbox.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What one console answers to who asks it directly, as the proxy does. */
export function askDirectly(
  { port }: Member,
  path: string,
  { host, cookie = "" }: { host: string; cookie?: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: LOOPBACK, port, path, agent: false, headers: { host, cookie } }, (incoming) => {
      incoming.resume();
      incoming.on("end", () => resolve(incoming.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end();
  });
}

function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "NODE_EXTRA_CA_CERTS"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
