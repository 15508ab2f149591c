import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { identity, user } from "@/lib/db/schema";
import { SoftwareAuthenticator } from "@/test/support/software-authenticator";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { createResetLink } from "../create-reset-link";
import { hashPassword } from "../password";
import type { PauseBatches } from "../pause-batches";
import { readSession } from "../read-session";
import { addPasskey } from "../second-factor/add-passkey";
import { askAnyPasskey, beginPasskey } from "../second-factor/passkey-options";
import { signInByPasskey } from "../second-factor/sign-in-by-passkey";
import { admit } from "./admit";
import type { ProviderClaims } from "./read-claims";

const ISSUER = "https://id.example.com/";
let fixtures: UserFixtures;
beforeAll(async () => {
  sharedSlot("env").value = parseEnv({
    LOG_LEVEL: "silent",
    AUTH_SECRET: "t".repeat(40),
    APP_URL: "https://cardesk.example",
    OIDC_ISSUER: ISSUER,
    OIDC_CLIENT_ID: "id",
    OIDC_CLIENT_SECRET: "secret",
  });
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

let count = 0;
const claimsOf = (role: ProviderClaims["role"], subject = `sub-${++count}`): ProviderClaims => ({
  issuer: ISSUER,
  subject,
  label: subject,
  names: [subject],
  role,
  authenticatedAt: null,
  hasFactor: false,
});
/** Whose batches were paused. */
const paused: string[] = [];
const pauseBatches: PauseBatches = async (_tx, _ctx, userId) => paused.push(userId);
const come = (claims: ProviderClaims) =>
  fixtures.db.transaction((tx) => admit(tx, fixtures.anonymous(), { claims, pauseBatches }));
const roleOf = async (userId: string | null) => {
  const [found] = await fixtures.db
    .select()
    .from(user)
    .where(eq(user.id, userId ?? ""));
  return found?.role;
};

test("a role that may not write pauses what its user began, as demoting does; another does not", async () => {
  const { userId, ...admitted } = await come(claimsOf("admin", "demoted"));
  expect(admitted).toEqual({ refused: null });
  await come(claimsOf("operator", "demoted"));
  expect(paused).not.toContain(userId);
  await come(claimsOf("support", "demoted"));
  expect(paused).toContain(userId);
  expect(await roleOf(userId)).toBe("support");
});

test("no role any more stops everything they have, as disabling does", async () => {
  const { userId } = await come(claimsOf("operator", "gone"));
  await fixtures.db
    .update(user)
    .set({ passwordHash: await hashPassword(PASSWORD) })
    .where(eq(user.id, userId ?? ""));
  const open = await fixtures.signIn({ id: userId ?? "", username: "gone", role: "operator" });
  expect(await come(claimsOf(null, "gone"))).toEqual({ userId, refused: "no_role" });
  expect(await readSession(fixtures.db, open.actor.sessionId, open.now())).toBeNull();
  expect(paused).toContain(userId);
  expect(await fixtures.lastAudit("user.access_stopped", userId ?? "")).toMatchObject({
    detail: { sessionsEnded: 1, pausedBatches: expect.any(Number), by: "claim" },
  });
});

test("the last local administrator keeps the role, whatever the claim says; not the last one does not", async () => {
  const { userId } = await come(claimsOf("admin", "last"));
  const passwordHash = await hashPassword(PASSWORD);
  await fixtures.db
    .update(user)
    .set({ passwordHash })
    .where(eq(user.id, userId ?? ""));
  expect(await come(claimsOf("support", "last"))).toEqual({ userId, refused: null });
  expect(await roleOf(userId)).toBe("admin");
  await fixtures.addUser("admin");
  await come(claimsOf("support", "last"));
  expect(await roleOf(userId)).toBe("support");
});

test("first sign-ins at the same time make one user of one subject, and two of two with one name", async () => {
  const same = claimsOf("support");
  const [one, two] = await Promise.all([come(same), come(same)]);
  expect(one.userId).toBe(two.userId);
  const others = [claimsOf("support"), claimsOf("support")].map((claims) => ({ ...claims, names: ["chosen-name"] }));
  const made = await Promise.all(others.map(come));
  expect(new Set(made.map(({ userId }) => userId)).size).toBe(2);
});

test("who comes by the role claim has no way around it: no link, and no passkey alone", async () => {
  const { userId } = await come(claimsOf("operator", "by-claim"));
  await fixtures.db
    .update(user)
    .set({ passwordHash: await hashPassword(PASSWORD) })
    .where(eq(user.id, userId ?? ""));
  const account = { id: userId ?? "", username: "by-claim", role: "operator" as const };
  const ctx = await fixtures.signIn(account);
  const device = new SoftwareAuthenticator();
  await addPasskey({ ctx, input: { name: "laptop", answer: device.register(await beginPasskey({ ctx })) } });
  const enter = async () =>
    signInByPasskey({ ctx: fixtures.anonymous(), input: { answer: device.prove(await askAnyPasskey({ ctx })) } });
  await expect(enter()).rejects.toMatchObject({ key: "comes_by_provider" });
  const admin = await fixtures.signIn(await fixtures.addUser("admin"));
  await expect(createResetLink({ ctx: admin, input: { userId: account.id } })).rejects.toMatchObject({
    key: "comes_by_provider",
  });
  // Of somebody who is linked it is a way in like any other.
  await fixtures.db.update(identity).set({ roleByClaim: false }).where(eq(identity.userId, account.id));
  expect(await enter()).toMatchObject({ sessionId: expect.any(String) });
});

test("one subject at two issuers is two people", async () => {
  const [here, there] = [
    await come(claimsOf("support", "twin")),
    await come({ ...claimsOf("support", "twin"), issuer: "https://other/" }),
  ];
  expect(here.userId).not.toBe(there.userId);
  expect(await fixtures.db.select().from(identity).where(eq(identity.subject, "twin"))).toHaveLength(2);
});
