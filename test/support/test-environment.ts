import { randomUUID } from "node:crypto";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { ROLES, type Role } from "@/lib/core/roles";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database, openDatabase } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { CallEndClock } from "@/lib/operations/journal/call-end-clock";
import { startInstance } from "@/lib/process/instance";
import { type Sandbox, type StartOptions, startSandbox } from "@/sandbox/start-sandbox";
import { createTestDatabase } from "@/test/database";
import { DEADLINE_MS } from "./pass-deadline";

export type TestRoom = {
  /** The database as the role that owns its tables: for what the console's own role may not do. */
  ownerUrl: string;
  sandbox: Sandbox;
  /** A context of a stored user with this role. `now` injects a clock. */
  as: (role: Role, now?: () => Date) => Ctx;
  /** Change variables for the rest of the file (or until changed back). */
  setEnv: (changes: Record<string, string>) => void;
  /** Set the monotonic clock by which call ends are counted, in ms. It stands still at 0 otherwise, and after `clear`. */
  elapse: (elapsedMs: number) => void;
  /** Take every fault away, close the breakers it may have opened, and take the monotonic clock back. */
  /** Forget which calls ended when by the monotonic clock, as a process that is started again does. */
  beginClocks: () => void;
  clear: () => Promise<void>;
  close: () => Promise<void>;
};

/**
 * What an integration test needs: a database of its own, the sandbox in this process, a living instance, one user a role.
 * Upstream clients read their configuration from the environment made here.
 */
export async function openTestRoom({
  variables = {},
  sandbox: options = {},
}: {
  variables?: Record<string, string>;
  sandbox?: StartOptions;
} = {}): Promise<TestRoom> {
  const testDatabase = await createTestDatabase();
  const sandbox = await startSandbox({ options: { latencyMs: 0 }, ...options });
  const { credentials } = sandbox;
  const source: Record<string, string> = {
    NODE_ENV: "test",
    LOG_LEVEL: "silent",
    DATABASE_URL: testDatabase.url,
    AUTH_SECRET: "t".repeat(40),
    APP_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}`,
    ESPAI_BASE_URL: sandbox.espai,
    ESPAI_API_KEY: credentials.espaiKey,
    POTATO_BASE_URL: sandbox.potato,
    POTATO_ASK_KEY: credentials.potatoAskKey,
    POTATO_USER_TOKEN: credentials.potatoUserToken,
    TALKBOT_BASE_URL: sandbox.talkbot,
    TALKBOT_API_KEY: credentials.talkbotKey,
    ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1",
    UPSTREAM_TIMEOUT_MS: String(DEADLINE_MS),
    UPSTREAM_WRITE_TIMEOUT_MS: String(DEADLINE_MS),
    ...variables,
  };
  const setEnv = (changes: Record<string, string>) => {
    Object.assign(source, changes);
    sharedSlot("env").value = parseEnv(source);
  };
  setEnv({});
  sharedSlot("database").value = openDatabase(testDatabase.url);
  let elapsedMs = 0;
  const beginClocks = () => {
    sharedSlot("call-end-clock").value = new CallEndClock(() => elapsedMs);
    sharedSlot("shortfall-clock").value = new CallEndClock(() => elapsedMs);
  };
  beginClocks();
  const instance = await startInstance();

  const ids = Object.fromEntries(ROLES.map((role) => [role, randomUUID()]));
  await database()
    .db.insert(user)
    .values(ROLES.map((role) => ({ id: ids[role], username: role, role })));

  return {
    ownerUrl: testDatabase.ownerUrl,
    sandbox,
    setEnv,
    as: (role, now = () => new Date()) => ({
      actor: { id: ids[role] ?? null, name: role, role, sessionId: null },
      requestId: "test",
      ip: "127.0.0.1",
      userAgent: "test",
      now,
      db: database().db,
    }),
    elapse: (ms) => {
      elapsedMs = ms;
    },
    beginClocks,
    clear: async () => {
      elapsedMs = 0;
      await sandbox.clearFaults();
      sharedSlot("upstream-call-guards").value = undefined;
    },
    close: async () => {
      await instance.stop();
      await database().pool.end();
      await sandbox.close();
      await testDatabase.drop();
    },
  };
}
