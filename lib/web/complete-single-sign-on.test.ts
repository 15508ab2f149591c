import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit, identity, session, user } from "@/lib/db/schema";
import {
  assertFreshProof,
  beginTotp,
  confirmTotp,
  createResetLink,
  createUser,
  disableUser,
  listUsers,
  proveIdentity,
  readSession,
  unlinkIdentity,
} from "@/lib/users";
import {
  type LyingProvider,
  type Person,
  ProviderBrowser,
  startLyingProvider,
  startOidcProvider,
  type TestProvider,
} from "@/test/support/oidc-provider";
import { codeAt } from "@/test/support/second-factor-fixtures";
import { noBatches, openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { beginLinking, beginProving, beginRedeeming, beginSingleSignOn } from "./auth/begin-single-sign-on";
import { currentSession } from "./auth/current-user";
import { finishSession } from "./auth/finish-session";
import { sessionIdOfCookie } from "./auth/session-cookie";
import { startSession } from "./auth/start-session";
import { completeSingleSignOn } from "./complete-single-sign-on";

/** This site's cookies of one browser. */
const { jar } = vi.hoisted(() => ({ jar: new Map<string, string>() }));
const cookieHeader = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
vi.mock("next/headers", () => ({
  headers: async () =>
    new Headers({
      "x-forwarded-for": "203.0.113.1",
      "x-forwarded-host": "127.0.0.1:4000",
      "x-forwarded-proto": "http",
      cookie: cookieHeader(),
    }),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string, options?: { maxAge?: number }) =>
      value === "" || options?.maxAge === 0 ? jar.delete(name) : jar.set(name, value),
  }),
}));

let fixtures: UserFixtures;
let provider: TestProvider;
beforeAll(async () => {
  [fixtures, provider] = await Promise.all([openUserFixtures(new Date()), startOidcProvider()]);
  sharedSlot("database").value = fixtures.database;
});
afterAll(async () => {
  await provider.close();
  await fixtures.close();
});

const configure = (changes: Record<string, string> = {}) => {
  sharedSlot("env").value = parseEnv({
    NODE_ENV: "test",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
    AUTH_SECRET: "t".repeat(40),
    APP_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}`,
    ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1",
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_NAME: "Example",
    OIDC_ROLES: "desk-ops=operator,desk-admins=admin,desk=support",
    ...changes,
  });
};
beforeEach(() => {
  jar.clear();
  provider.agrees = true;
  provider.person = { sub: "nobody" };
  configure();
});

let count = 0;
const person = (claims: Partial<Person> = {}): Person => {
  const sub = `sub-${++count}`;
  return { sub, preferred_username: `person-${count}`, email: `person-${count}@example.com`, ...claims };
};

const anonymous = () => ({ ...fixtures.anonymous(), now: () => new Date() });
/** Come back from the provider; returns where this site leads to. */
async function comeBack(address: URL | string): Promise<string> {
  const answer = await completeSingleSignOn(new Request(address));
  expect(answer.status).toBe(303);
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, value);
  }
  return answer.headers.get("location") ?? "";
}
async function leave(browser = new ProviderBrowser(), callbackUrl?: string): Promise<URL> {
  const { url } = await beginSingleSignOn({ ctx: anonymous(), input: { callbackUrl } });
  return browser.visit(url);
}
const signIn = async (who: Person, browser = new ProviderBrowser()): Promise<string> => {
  provider.person = who;
  return comeBack(await leave(browser));
};
const current = async () => readSession(fixtures.db, await sessionIdOfCookie(), new Date());

const userOf = async (who: Person) => {
  const [found] = await fixtures.db
    .select({ user, identity })
    .from(identity)
    .innerJoin(user, eq(user.id, identity.userId))
    .where(eq(identity.subject, who.sub));
  return found;
};
const sessionRow = async () => {
  const [row] = await fixtures.db
    .select()
    .from(session)
    .where(eq(session.id, (await sessionIdOfCookie()) ?? ""));
  return row;
};
const own = async () => {
  const actor = await current();
  if (!actor) throw new Error("nobody is signed in");
  return { ...anonymous(), actor };
};
const REFUSED = "/login?refused=single_sign_on_refused";
const FAILED = "/login?refused=single_sign_on_failed";
const EXPIRED = "/login?refused=single_sign_on_expired";

describe("whom the role claim lets in", () => {
  test("is made a user with that role and has a session as any other; the way was bound to this browser", async () => {
    const who = person({ groups: ["staff", "desk-ops", "desk"], name: "Lin" });
    provider.person = who;
    // Providers count whole seconds.
    const began = Math.floor(Date.now() / 1_000) * 1_000;
    expect(await comeBack(await leave(undefined, "/cards?q=1"))).toBe("/cards?q=1");
    expect(await current()).toMatchObject({ name: who.preferred_username, role: "operator" });

    const asked = provider.asked.at(-1);
    expect(asked?.get("code_challenge_method")).toBe("S256");
    for (const name of ["code_challenge", "state", "nonce"]) expect(asked?.get(name)).toMatch(/^.{20,}$/);
    expect(asked?.get("redirect_uri")).toBe("http://127.0.0.1:4000/api/auth/callback/oidc");

    const found = await userOf(who);
    expect(found?.user.passwordHash).toBeNull();
    expect(found?.identity).toMatchObject({ issuer: `${provider.issuer}/`, roleByClaim: true });
    expect(await fixtures.lastAudit("user.created", found?.user.id ?? "")).toMatchObject({
      detail: { by: "claim", role: "operator", identity: who.preferred_username },
    });
    expect(await fixtures.lastAudit("session.opened", found?.user.id ?? "")).toMatchObject({
      detail: { by: "provider", device: "new" },
    });
    expect([...jar.keys()].sort()).toContain("cardesk.devices");
    // They typed something at the provider just now: that is a proof.
    expect((await sessionRow())?.provedAt?.getTime()).toBeGreaterThanOrEqual(began);
  });

  test("signs in again as the same user; the browser's session before ends", async () => {
    const who = person({ groups: ["desk"] });
    await signIn(who);
    const before = await sessionIdOfCookie();
    expect(await signIn({ ...who, preferred_username: "renamed" })).toBe("/");
    expect(await sessionIdOfCookie()).not.toBe(before);
    expect(await readSession(fixtures.db, before, new Date())).toBeNull();
    expect((await userOf(who))?.user.username).toBe(who.preferred_username);
    expect((await userOf(who))?.identity.label).toBe("renamed");
  });

  test("has an old sign-in at the provider, and no fresh proof by it", async () => {
    const who = person({ groups: ["desk"] });
    const browser = new ProviderBrowser();
    await signIn(who, browser);
    const proof = (await sessionRow())?.provedAt?.getTime();
    // Without a question: the provider knows the browser.
    await signIn(who, browser);
    expect((await sessionRow())?.provedAt?.getTime()).toBe(proof);
  });

  test("has the role the claim stands for today", async () => {
    const who = person({ groups: ["desk-admins"] });
    await signIn(who);
    expect(await current()).toMatchObject({ role: "admin" });
    await signIn({ ...who, groups: ["desk"] });
    const actor = await current();
    expect(actor).toMatchObject({ role: "support" });
    expect(await fixtures.lastAudit("user.role_changed", actor?.id ?? "")).toMatchObject({
      actorName: "system",
      detail: { from: "admin", to: "support", by: "claim" },
    });
  });

  test("is stopped when it stands for none any more, and may come back with it", async () => {
    const who = person({ groups: ["desk-ops"] });
    await signIn(who);
    const open = await sessionIdOfCookie();
    expect(await signIn({ ...who, groups: ["staff"] }, new ProviderBrowser())).toBe(REFUSED);
    expect(await readSession(fixtures.db, open, new Date())).toBeNull();
    const found = await userOf(who);
    expect(await fixtures.lastAudit("user.access_stopped", found?.user.id ?? "")).toMatchObject({
      detail: { by: "claim", sessionsEnded: 1 },
    });
    expect(await signIn(who)).toBe("/");
  });

  test("is nobody's without a mapped value: no user is made, and it is audited", async () => {
    const who = person({ groups: ["staff"], roles: ["desk-admins"] });
    expect(await signIn(who)).toBe(REFUSED);
    expect(await current()).toBeNull();
    expect(await userOf(who)).toBeUndefined();
    const rows = await fixtures.db.select().from(audit).where(eq(audit.action, "session.refused"));
    expect(rows.map(({ detail }) => detail)).toContainEqual(
      expect.objectContaining({ why: "not_invited", identity: who.preferred_username }),
    );
  });

  test("may stand at a path", async () => {
    configure({ OIDC_ROLE_CLAIM: "realm_access.roles" });
    await signIn(person({ realm_access: { roles: ["desk-ops"] } }));
    expect(await current()).toMatchObject({ role: "operator" });
  });

  test("is not let in where no claim is mapped", async () => {
    configure({ OIDC_ROLES: "" });
    expect(await signIn(person({ groups: ["desk-admins"] }))).toBe(REFUSED);
  });

  test("gets no other user's account by a name or an address", async () => {
    const boss = await fixtures.addUser("admin", "the-boss@example.com");
    const who = person({ preferred_username: boss.username, email: boss.username, groups: ["desk"] });
    await signIn(who);
    const actor = await current();
    expect(actor?.id).not.toBe(boss.id);
    expect(actor).toMatchObject({ role: "support", name: expect.stringMatching(/^user-[0-9a-f]{8}$/) });
  });

  test("stays out while they are disabled, and no claim enables them", async () => {
    const who = person({ groups: ["desk-admins"] });
    await signIn(who);
    const { id: userId = "" } = (await current()) ?? {};
    const boss = await fixtures.signIn(await fixtures.addUser("admin"));
    await disableUser({ ctx: boss, input: { userId: userId ?? "" }, pauseBatches: noBatches });
    expect(await current()).toBeNull();
    expect(await signIn(who)).toBe(REFUSED);
    expect((await userOf(who))?.user.disabledAt).not.toBeNull();
  });

  test("of two first sign-ins at once one makes the user", async () => {
    const who = person({ groups: ["desk"] });
    provider.person = who;
    const addresses = [await leave()];
    const first = new Map(jar);
    jar.clear();
    addresses.push(await leave());
    const second = new Map(jar);
    // Both in one jar: what differs are the tokens, so each goes with its own.
    jar.clear();
    for (const [name, value] of first) jar.set(name, value);
    expect(await comeBack(addresses[0] ?? "")).toBe("/");
    jar.clear();
    for (const [name, value] of second) jar.set(name, value);
    expect(await comeBack(addresses[1] ?? "")).toBe("/");
    expect(await fixtures.db.select().from(identity).where(eq(identity.subject, who.sub))).toHaveLength(1);
  });
});

describe("an answer that is none", () => {
  test("twice: the second time nothing is done", async () => {
    provider.person = person({ groups: ["desk"] });
    const address = await leave();
    const cookies = new Map(jar);
    expect(await comeBack(address)).toBe("/");
    expect(await comeBack(address)).toBe(EXPIRED);
    // Also to whoever kept every cookie.
    jar.clear();
    for (const [name, value] of cookies) jar.set(name, value);
    expect(await comeBack(address)).toBe(EXPIRED);
    expect(await current()).toBeNull();
  });

  test("a used code with another way's state, or in another browser", async () => {
    provider.person = person({ groups: ["desk"] });
    const used = await leave();
    await comeBack(used);
    jar.clear();
    const other = await leave();
    const cookies = new Map(jar);
    jar.clear();
    expect(await comeBack(other)).toBe(EXPIRED);
    for (const [name, value] of cookies) jar.set(name, value);
    other.searchParams.set("code", used.searchParams.get("code") ?? "");
    expect(await comeBack(other)).toBe(FAILED);
    expect(await current()).toBeNull();
  });

  test("with another state, with none, with no code", async () => {
    for (const [name, value] of [
      ["state", "made up"],
      ["state", ""],
      ["code", ""],
      ["iss", "https://example.com"],
    ] as const) {
      provider.person = person({ groups: ["desk"] });
      const address = await leave();
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
      expect([name, value, await comeBack(address)]).toEqual([name, value, FAILED]);
      expect(await current()).toBeNull();
    }
  });

  test("too late", async () => {
    provider.person = person({ groups: ["desk"] });
    const address = await leave();
    const late = new Date(Date.now() + 16 * 60_000);
    vi.useFakeTimers({ now: late, toFake: ["Date"] });
    expect(await comeBack(address).finally(() => vi.useRealTimers())).toBe(EXPIRED);
  });

  test("they would rather not", async () => {
    provider.agrees = false;
    expect(await signIn(person())).toBe("/login?refused=single_sign_on_cancelled");
  });

  test("an address that nobody left for", async () => {
    for (const query of ["", "?code=x&state=y", `?${"x".repeat(20_000)}`])
      expect(await comeBack(`http://127.0.0.1:4000/api/auth/callback/oidc${query}`)).toBe(EXPIRED);
  });
});

describe("a provider that lies", () => {
  let liar: LyingProvider;
  beforeAll(async () => {
    liar = await startLyingProvider("cardesk");
  });
  afterAll(() => liar.close());
  beforeEach(() => {
    liar.claims = {};
    liar.userInfo = {};
    configure({ OIDC_ISSUER: liar.issuer });
  });

  const enter = async (): Promise<string> => {
    const { url } = await beginSingleSignOn({ ctx: anonymous(), input: {} });
    const asked = new URL(url).searchParams;
    liar.nonce = asked.get("nonce") ?? "";
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.search = new URLSearchParams({ code: "any", state: asked.get("state") ?? "" }).toString();
    return comeBack(back);
  };

  test("is believed while it says what a provider would: so the rest of these tests mean something", async () => {
    expect(await enter()).toBe("/");
    expect(await current()).toMatchObject({ role: "admin" });
  });

  test.each<[string, Record<string, unknown>]>([
    ["another nonce", { nonce: "another" }],
    ["no nonce", { nonce: undefined }],
    ["another issuer", { iss: "https://example.com" }],
    ["another client", { aud: "somebody" }],
    ["a token that is over", { exp: 1_000_000 }],
    ["no subject", { sub: undefined }],
    ["a subject that is no text", { sub: 7 }],
    ["the empty subject", { sub: "" }],
  ])("%s is refused", async (_name, claims) => {
    liar.claims = claims;
    expect(await enter()).toBe(FAILED);
    expect(await current()).toBeNull();
  });

  test("is in the audit", async () => {
    sharedSlot("refusal-batches").value = undefined;
    liar.claims = { aud: "somebody" };
    expect(await enter()).toBe(FAILED);
    const rows = await fixtures.db.select().from(audit).where(eq(audit.action, "session.refused"));
    expect(rows.map(({ detail }) => detail)).toContainEqual({ by: "provider", why: "not_valid" });
  });

  test("user info of somebody else is refused", async () => {
    liar.userInfo = { sub: "somebody" };
    expect(await enter()).toBe(FAILED);
    expect(await current()).toBeNull();
  });

  test("claims in odd shapes are no role, no factor and no proof", async () => {
    liar.userInfo = { groups: { "desk-admins": true }, preferred_username: { toString: 1 }, email: ["x"] };
    liar.claims = { amr: "mfa" };
    expect(await enter()).toBe(REFUSED);
  });
});

describe("a provider that is away", () => {
  test("is said so in words, before leaving and on the way back", async () => {
    const away = await startOidcProvider();
    configure({ OIDC_ISSUER: away.issuer });
    away.person = person({ groups: ["desk"] });
    const address = await leave();
    await away.close();
    expect(await comeBack(address)).toBe("/login?refused=single_sign_on_away");

    configure({ OIDC_ISSUER: `${away.issuer}/other` });
    await expect(beginSingleSignOn({ ctx: anonymous(), input: {} })).rejects.toMatchObject({
      code: "unavailable",
      key: "single_sign_on_away",
    });
    configure({ OIDC_ISSUER: "", OIDC_CLIENT_ID: "", OIDC_CLIENT_SECRET: "", OIDC_NAME: "", OIDC_ROLES: "" });
    await expect(beginSingleSignOn({ ctx: anonymous(), input: {} })).rejects.toMatchObject({ code: "not_configured" });
  });
});

describe("an account that is linked", () => {
  /** Sign in with the password in this browser, then link by the provider. */
  const link = async (username: string, who: Person): Promise<string> => {
    await startSession({ input: { username, password: PASSWORD } });
    provider.person = who;
    const { url } = await beginLinking({ ctx: await own() });
    return comeBack(await new ProviderBrowser().visit(url));
  };

  test("is the one that signs in, with the role administrators gave it", async () => {
    const lin = await fixtures.addUser("operator");
    const who = person({ groups: ["desk-admins"] });
    expect(await link(lin.username, who)).toBe("/account?provider=linked");
    expect(await fixtures.lastAudit("user.identity_linked", lin.id)).toMatchObject({ detail: { by: "oneself" } });
    jar.clear();
    expect(await signIn(who)).toBe("/");
    expect(await current()).toMatchObject({ id: lin.id, role: "operator" });
    // Their role is an administrator's to give: no claim stops them.
    expect(await signIn({ ...who, groups: [] })).toBe("/");
  });

  test("is one at a time, on both sides", async () => {
    const [lin, yan] = [await fixtures.addUser("support"), await fixtures.addUser("support")];
    const who = person();
    await link(lin.username, who);
    jar.clear();
    expect(await link(yan.username, who)).toBe("/account?refused=identity_of_another");
    jar.clear();
    expect(await link(lin.username, person())).toBe("/account?refused=identity_linked");
  });

  test("is linked for the session that asked, and for no other", async () => {
    const [lin, yan] = [await fixtures.addUser("support"), await fixtures.addUser("support")];
    await startSession({ input: { username: lin.username, password: PASSWORD } });
    provider.person = person();
    const { url } = await beginLinking({ ctx: await own() });
    const address = await new ProviderBrowser().visit(url);
    await startSession({ input: { username: yan.username, password: PASSWORD } });
    expect(await comeBack(address)).toBe("/account?refused=not_signed_in");
    expect(await userOf(provider.person)).toBeUndefined();
  });

  test("can be unlinked while there is a password; other sessions end", async () => {
    const lin = await fixtures.addUser("support");
    const who = person();
    await link(lin.username, who);
    const elsewhere = await fixtures.signIn(lin);
    await unlinkIdentity({ ctx: await own() });
    expect(await readSession(fixtures.db, elsewhere.actor.sessionId, new Date())).toBeNull();
    expect(await current()).toMatchObject({ id: lin.id });
    expect(await signIn(who)).toBe(REFUSED);

    jar.clear();
    await signIn(person({ groups: ["desk"] }));
    await expect(unlinkIdentity({ ctx: await own() })).rejects.toMatchObject({ key: "only_way_in" });
  });
});

describe("a one-time link", () => {
  const tokenOf = (path: string) => path.split("#")[1] ?? "";

  test("of somebody without a password is completed by single sign-on, once", async () => {
    const boss = await fixtures.signIn(await fixtures.addUser("admin"));
    const ctx = { ...boss, now: () => new Date() };
    const { path, username } = await createUser({ ctx, input: { username: "invited-one", role: "operator" } });
    const who = person();
    provider.person = who;
    const { url } = await beginRedeeming({ ctx: anonymous(), input: { token: tokenOf(path) } });
    expect(await comeBack(await new ProviderBrowser().visit(url))).toBe("/");
    expect(await current()).toMatchObject({ name: username, role: "operator" });
    const again = beginRedeeming({ ctx: anonymous(), input: { token: tokenOf(path) } });
    await expect(again).rejects.toMatchObject({ key: "link_expired" });
    const rows = await listUsers({ ctx });
    expect(rows.find((row) => row.username === username)).toMatchObject({
      state: "active",
      identity: { label: who.preferred_username, roleByClaim: false },
    });
  });

  test("of somebody with a password is for the password", async () => {
    const boss = await fixtures.signIn(await fixtures.addUser("admin"));
    const ctx = { ...boss, now: () => new Date() };
    const lin = await fixtures.addUser("support");
    const { path } = await createResetLink({ ctx, input: { userId: lin.id } });
    const begun = beginRedeeming({ ctx: anonymous(), input: { token: tokenOf(path) } });
    await expect(begun).rejects.toMatchObject({ key: "link_expired" });
  });

  test("is made for nobody whose role the claim decides", async () => {
    const boss = await fixtures.signIn(await fixtures.addUser("admin"));
    const who = person({ groups: ["desk"] });
    await signIn(who);
    const userId = (await userOf(who))?.user.id ?? "";
    const made = createResetLink({ ctx: boss, input: { userId } });
    await expect(made).rejects.toMatchObject({ key: "comes_by_provider" });
  });
});

describe("the second factor", () => {
  const enrolled = async (who: Person) => {
    await signIn(who);
    const ctx = await own();
    const { secret } = await beginTotp({ ctx });
    const { recoveryCodes } = await confirmTotp({ ctx, input: { code: codeAt(secret, new Date()) } });
    jar.clear();
    return recoveryCodes ?? [];
  };

  test("is asked for after the provider, unless it asked for one itself", async () => {
    const who = person({ groups: ["desk"] });
    const [code = ""] = await enrolled(who);
    provider.person = who;
    expect(await comeBack(await leave(undefined, "/cards"))).toBe("/login?step=code&callbackUrl=%2Fcards");
    expect(await current()).toBeNull();
    const proof = { kind: "recovery_code" as const, code };
    expect(await finishSession({ input: { proof, callbackUrl: "/cards" } })).toEqual({ path: "/cards" });
    expect(await current()).toMatchObject({ name: who.preferred_username });

    jar.clear();
    expect(await signIn({ ...who, amr: ["pwd"] })).toBe("/login?step=code&callbackUrl=%2F");
    jar.clear();
    expect(await signIn({ ...who, amr: ["pwd", "mfa"] })).toBe("/");
    expect(await sessionRow()).toMatchObject({ providerFactor: true });
  });

  test("where it is required, the provider's own is one", async () => {
    configure({ SECOND_FACTOR: "required" });
    await signIn(person({ groups: ["desk"] }));
    expect(await currentSession()).toMatchObject({ mustEnrol: true });
    jar.clear();
    await signIn(person({ groups: ["desk"], amr: ["otp"] }));
    expect(await currentSession()).toMatchObject({ mustEnrol: false });
  });
});

describe("a fresh proof", () => {
  const prove = async (browser = new ProviderBrowser()): Promise<string> => {
    const { url } = await beginProving({ ctx: await own() });
    return comeBack(await browser.visit(url));
  };
  const forget = async () => {
    const id = (await sessionIdOfCookie()) ?? "";
    await fixtures.db.update(session).set({ provedAt: null }).where(eq(session.id, id));
  };

  test("of who has neither password nor second factor is the provider's, asked again", async () => {
    const browser = new ProviderBrowser();
    await signIn(person({ groups: ["desk"] }), browser);
    await forget();
    const ctx = await own();
    await expect(assertFreshProof(fixtures.db, ctx)).rejects.toMatchObject({
      code: "proof_required",
      params: { by: "provider", name: "Example" },
    });
    const before = await sessionIdOfCookie();
    expect(await prove(browser)).toBe("/account?provider=proved");
    const asked = provider.asked.at(-1);
    expect([asked?.get("prompt"), asked?.get("max_age")]).toEqual(["login", "0"]);
    await assertFreshProof(fixtures.db, ctx);
    expect(await sessionIdOfCookie()).toBe(before);
    expect(await fixtures.lastAudit("session.proved", ctx.actor.id ?? "")).toMatchObject({
      outcome: "ok",
      detail: { by: "provider" },
    });
  });

  test("is not somebody else's, nor an old one, and changes nothing then", async () => {
    const who = person({ groups: ["desk"] });
    await signIn(who);
    await forget();
    const ctx = await own();
    provider.person = person({ groups: ["desk"] });
    expect(await prove()).toBe("/account?refused=single_sign_on_not_proved");
    await expect(assertFreshProof(fixtures.db, ctx)).rejects.toMatchObject({ code: "proof_required" });
    expect(await current()).toMatchObject({ id: ctx.actor.id });
    expect(await fixtures.lastAudit("session.proved", ctx.actor.id ?? "")).toMatchObject({ outcome: "refused" });
  });

  test("of who has a second factor is that one", async () => {
    const who = person({ groups: ["desk"] });
    const browser = new ProviderBrowser();
    await signIn(who, browser);
    const ctx = await own();
    const before = await beginProving({ ctx });
    const { secret } = await beginTotp({ ctx });
    const { recoveryCodes } = await confirmTotp({ ctx, input: { code: codeAt(secret, new Date()) } });
    await forget();
    await expect(assertFreshProof(fixtures.db, ctx)).rejects.toMatchObject({ params: { by: "second_factor" } });
    // The provider's word is no way around it: neither is it asked, nor does an answer count that was asked for before.
    await expect(prove(browser)).rejects.toMatchObject({ key: "other_proof_asked" });
    expect(await comeBack(await browser.visit(before.url))).toBe("/account?refused=single_sign_on_not_proved");
    await expect(assertFreshProof(fixtures.db, ctx)).rejects.toMatchObject({ code: "proof_required" });
    const proof = { kind: "recovery_code" as const, code: recoveryCodes?.[0] ?? "" };
    await proveIdentity({ ctx, input: { by: "second_factor", proof } });
    await assertFreshProof(fixtures.db, ctx);
  });
});
