import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { freshProofs, withoutProof } from "@/e2e/support/access-table";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { batch, session } from "@/lib/db/schema";
import type { ActionResult } from "@/lib/web/action";
import { accessOf } from "@/lib/web/auth/endpoint-access";
import { findActions, findRoutes } from "@/test/support/find-endpoints";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";

/** What a browser would send: the session's id in the cookie. */
const request = vi.hoisted(() => ({ sid: null as string | null }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => ({ user: { sid: request.sid } }) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock("next/server", () => ({ connection: async () => {} }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key, getLocale: async () => "en" }));

const foundActions = await findActions();
const foundRoutes = await findRoutes();
const endpoints = [
  ...(await Promise.all(
    foundActions.map(async ({ load, name, module }) => ({ endpoint: (await load())[name], module })),
  )),
  ...(await Promise.all(
    foundRoutes.map(async ({ load, method, file }) => ({ endpoint: (await load())[method], module: file })),
  )),
];
const accesses = endpoints.flatMap(({ endpoint, module }) => {
  const access = accessOf(endpoint);
  return access ? [{ ...access, module }] : [];
});

describe("a fresh proof", () => {
  test("is demanded by exactly what the table names", () => {
    const demanding = accesses.flatMap(({ name, freshProof }) =>
      freshProof && freshProof !== "never" ? [[name, freshProof]] : [],
    );
    expect(Object.fromEntries(demanding)).toEqual(freshProofs);
  });

  test("is always demanded by a write about users or settings, but for the exceptions", () => {
    const writes = accesses.filter(({ module }) => /\/(users|settings)\/actions$/.test(module));
    expect(writes.length).toBeGreaterThanOrEqual(9);
    const open = writes.filter(({ freshProof }) => freshProof !== "always").map(({ name }) => name);
    expect(open).toEqual(withoutProof);
  });
});

describe("with a stale proof", () => {
  let fixtures: UserFixtures;
  const sessions: Record<string, string | null> = {};
  beforeAll(async () => {
    sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
    fixtures = await openUserFixtures(new Date());
    sharedSlot("database").value = fixtures.database;
    for (const role of ["support", "operator", "admin"] as const)
      sessions[role] = (await fixtures.signIn(await fixtures.addUser(role))).actor.sessionId;
    await fixtures.db.update(session).set({ provedAt: new Date(Date.now() - 3_600_000) });
  });
  afterAll(() => fixtures.close());
  beforeEach(() => {
    request.sid = sessions.admin ?? null;
  });

  const userId = randomUUID();
  const proofRequired = { ok: false, error: { code: "proof_required", params: { by: "password" } } };

  /** Right inputs, so that only the proof is missing. */
  const actions: Record<string, unknown> = {
    "account.beginLinking": {},
    "account.beginPasskey": {},
    "account.beginTotp": {},
    "account.removePasskey": { passkeyId: randomUUID() },
    "account.removeTotp": {},
    "account.renewRecoveryCodes": {},
    "account.unlinkIdentity": {},
    "alerts.removeChannel": { channelId: randomUUID() },
    "alerts.saveChannel": { channelId: randomUUID(), name: "ops", on: true, config: null },
    "approvals.decide": { approvalId: randomUUID(), decision: "approve" },
    "operations.settle": { operationId: randomUUID(), as: "applied", reason: "seen upstream" },
    "settings.change": { key: "resume_batches", value: { afterOutage: false } },
    "settings.resume-writes": { reason: "all is well" },
    "users.changeRole": { userId, role: "admin" },
    "users.create": { username: "somebody", role: "admin" },
    "users.createResetLink": { userId },
    "users.disable": { userId },
    "users.enable": { userId },
    "users.endSessions": { userId },
    "users.resetSecondFactor": { userId },
    "keys.create": { batchId: randomUUID(), keyType: 1, wanted: 201, note: "" },
  };
  const actionOf = (name: string) =>
    endpoints.find(({ endpoint }) => accessOf(endpoint)?.name === name)?.endpoint as (
      input: unknown,
    ) => Promise<ActionResult<unknown>>;

  test.each(Object.entries(actions))("%s is refused before anything is done", async (name, input) => {
    expect(await actionOf(name)(input)).toMatchObject(proofRequired);
  });

  test("every action that always demands one is among those", () => {
    const always = Object.keys(freshProofs).filter((name) => freshProofs[name] === "always" && name !== "keys.export");
    expect(Object.keys(actions)).toEqual(expect.arrayContaining(always));
  });

  test("wrong input is still wrong input, and the wrong role the wrong role", async () => {
    expect(await actionOf("users.create")({})).toMatchObject({ error: { code: "bad_input" } });
    request.sid = sessions.operator ?? null;
    expect(await actionOf("users.create")(actions["users.create"])).toMatchObject({ error: { code: "forbidden" } });
  });

  test("a batch at the threshold is not asked about, one above it is and makes nothing", async () => {
    const small = { batchId: randomUUID(), keyType: 1, wanted: 200, note: "" };
    expect(await actionOf("keys.create")(small)).toMatchObject({ error: { code: "not_configured" } });
    expect(await fixtures.db.select().from(batch)).toEqual([]);
  });

  test("refusing a request for approval is not asked about", async () => {
    const refusal = { approvalId: randomUUID(), decision: "refuse", reason: "not today" };
    expect(await actionOf("approvals.decide")(refusal)).toMatchObject({ error: { code: "not_found" } });
  });

  const post = async (path: string, input: unknown) => {
    const route = foundRoutes.find((each) => each.path === path && each.method === "POST");
    const handler = (await route?.load())?.POST as (request: Request) => Promise<Response>;
    return handler(new Request(`http://localhost${path}`, { method: "POST", body: JSON.stringify(input) }));
  };

  test("an export of keys is refused with 403", async () => {
    const answer = await post("/api/keys/export", { batchId: randomUUID(), format: "txt", purpose: "copy" });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: proofRequired.error });
  });

  test.each([
    ["/api/cards/export", { format: "csv", scope: { kind: "all" } }],
    ["/api/find/many/export", { format: "csv", text: "13800001111" }],
  ])("%s is refused where it would not be masked", async (path, input) => {
    request.sid = sessions.operator ?? null;
    expect((await post(path, input)).status).toBe(403);
    request.sid = sessions.support ?? null;
    expect((await post(path, input)).status).toBe(200);
  });
});
