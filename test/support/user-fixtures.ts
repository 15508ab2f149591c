import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { type Actor, type Ctx, SYSTEM } from "@/lib/context";
import { newRequestId } from "@/lib/core/request-scope";
import type { Role } from "@/lib/core/roles";
import { type Database, type Db, openDatabase } from "@/lib/db/client";
import { audit, user } from "@/lib/db/schema";
import { readSession, signIn } from "@/lib/users";
import { hashPassword } from "@/lib/users/password";
import { createTestDatabase } from "@/test/database";

/** Every user's password. */
export const PASSWORD = "correct horse battery";

export type UserFixtures = {
  /** As the console, and as the tables' owner. */
  url: string;
  ownerUrl: string;
  db: Db;
  /** The pool behind `db`, for code that finds its database by itself. */
  database: Database;
  /** An anonymous caller's context: each with its own address and request, all with one clock. */
  anonymous: (ip?: string) => Ctx;
  /** Store a user; the name is made up if not given. */
  addUser: (role: Role, username?: string) => Promise<TestUser>;
  /** Sign in; the context is that of the new session. */
  signIn: (account: TestUser) => Promise<Ctx>;
  /** The user of a context's session, by the fixtures' clock. */
  actorOf: (ctx: Ctx) => Promise<Actor | null>;
  /** The last audit row of an action on a target. */
  lastAudit: (action: string, targetId: string) => Promise<typeof audit.$inferSelect | undefined>;
  /** Move the clock forward, seconds. */
  advance: (seconds: number) => void;
  close: () => Promise<void>;
};

export type TestUser = { id: string; username: string; role: Role };

/** For users who began no batches. */
export const noBatches = async (): Promise<number> => 0;

/** A database of its own, a clock that is only moved by hand, and users who know {@link PASSWORD}. */
export async function openUserFixtures(start = new Date("2026-09-21T06:00:00.000Z")): Promise<UserFixtures> {
  const testDatabase = await createTestDatabase();
  const database = openDatabase(testDatabase.url, 12);
  const { db, pool } = database;
  const passwordHash = await hashPassword(PASSWORD);
  let present = start.getTime();
  let count = 0;

  const anonymous = (ip = `2001:db8:0:${(++count).toString(16)}::1`): Ctx => ({
    actor: { ...SYSTEM, name: "anonymous", role: "support" },
    requestId: newRequestId(),
    ip,
    userAgent: "test",
    now: () => new Date(present),
    db,
  });
  const enter = async (account: TestUser): Promise<Ctx> => {
    const ctx = anonymous();
    const { sessionId } = await signIn({ ctx, input: { username: account.username, password: PASSWORD } });
    return { ...ctx, actor: { id: account.id, name: account.username, role: account.role, sessionId } };
  };

  return {
    db,
    database,
    url: testDatabase.url,
    ownerUrl: testDatabase.ownerUrl,
    anonymous,
    signIn: enter,
    addUser: async (role, username = `${role}-${++count}`) => {
      const account = { id: randomUUID(), username, role };
      await db.insert(user).values({ ...account, passwordHash });
      return account;
    },
    actorOf: (ctx) => readSession(db, ctx.actor.sessionId, new Date(present)),
    lastAudit: async (action, targetId) => {
      const which = and(eq(audit.action, action), eq(audit.targetId, targetId));
      const [row] = await db.select().from(audit).where(which).orderBy(desc(audit.id)).limit(1);
      return row;
    },
    advance: (seconds) => {
      present += seconds * 1000;
    },
    close: async () => {
      await pool.end();
      await testDatabase.drop();
    },
  };
}
