import { randomUUID } from "node:crypto";
import { type Actor, type Ctx, newRequestId, SYSTEM } from "@/lib/context";
import type { Role } from "@/lib/core/roles";
import { type Database, type Db, openDatabase } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { readSession, signIn } from "@/lib/users";
import { hashPassword } from "@/lib/users/password";
import { createTestDatabase } from "@/test/database";

/** The password of everybody in the room. */
export const PASSWORD = "correct horse battery";

export type PeopleRoom = {
  db: Db;
  /** The pool behind `db`, for what finds its database by itself. */
  database: Database;
  /** An anonymous caller's context: each with its own address and request, all with one clock. */
  anonymous: (ip?: string) => Ctx;
  /** Store a person; names are made up if not given. */
  person: (role: Role, username?: string) => Promise<Person>;
  /** Sign in; the context is that of the new session. */
  enter: (who: Person) => Promise<Ctx>;
  /** Who a session belongs to, at the room's present. */
  whoIs: (ctx: Ctx) => Promise<Actor | null>;
  /** Let time pass, seconds. */
  wait: (seconds: number) => void;
  close: () => Promise<void>;
};

export type Person = { id: string; username: string; role: Role };

/** A database of its own, a clock that stands still until told, and people who know {@link PASSWORD}. */
export async function openPeopleRoom(start = new Date("2026-09-21T06:00:00.000Z")): Promise<PeopleRoom> {
  const testDatabase = await createTestDatabase();
  const database = openDatabase(testDatabase.url, 12);
  const { db, pool } = database;
  const passwordHash = await hashPassword(PASSWORD);
  let present = start.getTime();
  let made = 0;

  const anonymous = (ip = `2001:db8:0:${(++made).toString(16)}::1`): Ctx => ({
    actor: { ...SYSTEM, name: "anonymous", role: "support" },
    requestId: newRequestId(),
    ip,
    userAgent: "test",
    now: () => new Date(present),
    db,
  });
  const enter = async (who: Person): Promise<Ctx> => {
    const ctx = anonymous();
    const sessionId = await signIn({ ctx, input: { username: who.username, password: PASSWORD } });
    return { ...ctx, actor: { id: who.id, name: who.username, role: who.role, sessionId } };
  };

  return {
    db,
    database,
    anonymous,
    enter,
    person: async (role, username = `${role}-${++made}`) => {
      const who = { id: randomUUID(), username, role };
      await db.insert(user).values({ ...who, passwordHash });
      return who;
    },
    whoIs: (ctx) => readSession(db, ctx.actor.sessionId, new Date(present)),
    wait: (seconds) => {
      present += seconds * 1000;
    },
    close: async () => {
      await pool.end();
      await testDatabase.drop();
    },
  };
}
