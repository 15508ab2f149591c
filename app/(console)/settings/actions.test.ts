import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Role } from "@/lib/core/roles";
import { database } from "@/lib/db/client";
import { audit, session, setting, user } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { changeSettingAction, pauseWritesAction, resumeWritesAction } from "./actions";

/** The session a browser's cookie would name; roles are read from the database. */
const signedIn = vi.hoisted(() => ({ sid: "" }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => ({ user: { sid: signedIn.sid } }) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers() }));

let file: TestDatabase;

beforeAll(async () => {
  file = await createTestDatabase();
  process.env.DATABASE_URL = file.url;
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

beforeEach(async () => {
  await database().db.delete(setting);
});

async function signIn(role: Role, provedAt: Date | null = new Date()): Promise<string> {
  const [row] = await database()
    .db.insert(user)
    .values({ username: `${role}-${randomUUID()}`, role })
    .returning({ id: user.id });
  if (!row) throw new Error("no user");
  signedIn.sid = randomUUID();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database().db.insert(session).values({ id: signedIn.sid, userId: row.id, expiresAt, provedAt });
  return row.id;
}

const trail = (actorId: string, action: string) =>
  database()
    .db.select()
    .from(audit)
    .where(and(eq(audit.actorId, actorId), eq(audit.action, action)));

const endpoints = {
  pause: () => pauseWritesAction({ reason: "上游异常" }),
  resume: () => resumeWritesAction({ reason: "已恢复" }),
  change: () => changeSettingAction({ key: "billing_low", value: { unit: "amount", below: "5" } }),
};

describe("an admin", () => {
  test("pauses and resumes writes, each with a reason in the audit", async () => {
    const admin = await signIn("admin");
    expect(await endpoints.pause()).toMatchObject({ ok: true, data: { paused: { reason: "上游异常" } } });
    expect(await endpoints.resume()).toEqual({ ok: true, data: { paused: null } });
    expect(await trail(admin, "writes.paused")).toHaveLength(1);
    expect(await trail(admin, "writes.resumed")).toHaveLength(1);
  });

  test.each([
    ["", "required"],
    [" ", "required"],
    ["x", "too_short"],
    [undefined, "required"],
  ])("is asked for a reason: %o is %s", async (reason, fault) => {
    await signIn("admin");
    const result = await pauseWritesAction({ reason });
    expect(result).toMatchObject({ ok: false, error: { code: "bad_input", fields: { reason: fault } } });
    expect(await database().db.select().from(setting)).toEqual([]);
  });

  test("is told which field of a setting is wrong", async () => {
    await signIn("admin");
    expect(await changeSettingAction({ key: "billing_low", value: { unit: "amount", below: "-5" } })).toMatchObject({
      ok: false,
      error: { code: "bad_input", fields: { "value.below": "not_a_decimal" } },
    });
  });
});

describe("an admin whose proof is stale", () => {
  const long = new Date(Date.now() - 3_600_000);

  test.each([null, long])("is asked for a fresh one before a setting changes (%o)", async (provedAt) => {
    await signIn("admin", provedAt);
    expect(await endpoints.change()).toMatchObject({ ok: false, error: { code: "proof_required" } });
    expect(await database().db.select().from(setting)).toEqual([]);
  });

  test("may pause writes at once, and resumes them after a fresh one", async () => {
    await signIn("admin", long);
    expect(await endpoints.pause()).toMatchObject({ ok: true });
    expect(await endpoints.resume()).toMatchObject({ ok: false, error: { code: "proof_required" } });
    expect(await database().db.select().from(setting)).toHaveLength(1);
  });
});

describe.each(["support", "operator"] as const)("%s", (role) => {
  test.each(Object.entries(endpoints))(
    "is refused to %s, which is audited and changes nothing",
    async (_name, endpoint) => {
      const id = await signIn(role);
      expect(await endpoint()).toMatchObject({ ok: false, error: { code: "forbidden" } });
      expect(await trail(id, "access.refused")).toHaveLength(1);
      expect(await database().db.select().from(setting)).toEqual([]);
    },
  );
});

test("an anonymous caller is refused", async () => {
  signedIn.sid = randomUUID();
  expect(await endpoints.pause()).toMatchObject({ ok: false, error: { code: "not_signed_in" } });
});
