import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DeniedState } from "@/components/feedback/denied-state";
import { actions, type Demand, openWhileEnrolling, pages, routes } from "@/e2e/support/access-table";
import { allows, ROLES, type Role } from "@/lib/core/roles";
import { sharedSlot } from "@/lib/core/shared-slot";
import { session, setting, user } from "@/lib/db/schema";
import type { Action } from "@/lib/web/action";
import { findActions, findPages, findRoutes, type Route } from "@/test/support/find-endpoints";
import { setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";

/** What a browser would send: the session's id in the cookie, and no header that only server/gate writes. */
const request = vi.hoisted(() => ({ sid: null as string | null }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => ({ user: { sid: request.sid } }) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock("next/server", () => ({ connection: async () => {} }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key, getLocale: async () => "en" }));

const now = Date.now();
const ago = (minutes: number) => new Date(now - minutes * 60_000);
/** Other than the defaults: it is the setting that counts. */
const LIMITS = { idleMinutes: 20, hours: 4 };
const DEMOTED: Record<Role, Role> = { admin: "operator", operator: "support", support: "support" };

type Account = Partial<typeof user.$inferInsert>;
type Opened = Partial<typeof session.$inferInsert>;
/** What became of a user and their session after they signed in. */
const STATES: Record<string, { account?: (role: Role) => Account; opened?: Opened; open: boolean }> = {
  fresh: { opened: { lastSeenAt: ago(18), createdAt: ago(238) }, open: true },
  idle: { opened: { lastSeenAt: ago(21), createdAt: ago(30) }, open: false },
  old: { opened: { createdAt: ago(241) }, open: false },
  expired: { opened: { expiresAt: ago(1) }, open: false },
  ended: { opened: { revokedAt: ago(1) }, open: false },
  disabled: { account: () => ({ disabledAt: ago(1) }), open: false },
  demoted: { account: (role) => ({ role: DEMOTED[role] }), open: true },
  "no second factor": { open: true },
};
type Caller = { name: string; sid: string | null; open: boolean; role: Role; mustEnrol: boolean };

const callers: Caller[] = Object.entries(STATES).flatMap(([state, { account, open }]) =>
  ROLES.map((role) => ({
    name: `${role}, ${state}`,
    sid: randomUUID(),
    open,
    role: account?.(role).role ?? role,
    mustEnrol: state === "no second factor",
  })),
);
callers.push(
  { name: "nobody", sid: null, open: false, role: "support", mustEnrol: false },
  { name: "a made-up session", sid: randomUUID(), open: false, role: "support", mustEnrol: false },
);

let fixtures: UserFixtures;
const stored = async () => ({
  users: await fixtures.db.select().from(user).orderBy(user.id),
  sessions: await fixtures.db.select().from(session).orderBy(session.id),
});
let before: Awaited<ReturnType<typeof stored>>;

beforeAll(async () => {
  setSecondFactorEnv();
  fixtures = await openUserFixtures(new Date(now));
  sharedSlot("database").value = fixtures.database;
  const users: (typeof user.$inferInsert)[] = [];
  const sessions: (typeof session.$inferInsert)[] = [];
  const made = Object.entries(STATES).flatMap(([state, each]) => ROLES.map((role) => ({ state, role, ...each })));
  for (const { state, role, account, opened } of made) {
    const { sid } = callers.find(({ name }) => name === `${role}, ${state}`) ?? {};
    const userId = randomUUID();
    users.push({ id: userId, username: `${role}-${state.replaceAll(" ", "-")}`, role, ...account?.(role) });
    const times = { createdAt: ago(5), lastSeenAt: ago(0), expiresAt: ago(-1_000), provedAt: ago(0) };
    sessions.push({ ...times, ...opened, userId, ...(sid && { id: sid }) });
  }
  await fixtures.db.insert(setting).values({ key: "sessions", value: LIMITS });
  await fixtures.db.insert(user).values(users);
  await fixtures.db.insert(session).values(sessions);
  before = await stored();
});
afterAll(() => fixtures.close());

type Answer = "not_signed_in" | "second_factor_required" | "forbidden" | "let in";

/** The first check that fails. */
function expected(name: string, demand: Demand, { open, role, mustEnrol }: Caller): Answer {
  if (demand === "public") return "let in";
  if (!open) return "not_signed_in";
  if (mustEnrol && !openWhileEnrolling.includes(name)) return "second_factor_required";
  return allows(role, demand) ? "let in" : "forbidden";
}

/** Ask an endpoint as every caller; one record, so that a failure shows who was let in. */
async function walk(
  name: string,
  demand: Demand | undefined,
  ask: (expectation: Answer) => Promise<Answer>,
): Promise<void> {
  if (!demand) throw new Error(`${name} has no row in e2e/support/access-table.ts`);
  const answers: Record<string, Answer> = {};
  const right: Record<string, Answer> = {};
  for (const caller of callers) {
    const expectation = expected(name, demand, caller);
    request.sid = caller.sid;
    setSecondFactorEnv(caller.mustEnrol ? { SECOND_FACTOR: "required" } : {});
    right[caller.name] = expectation;
    answers[caller.name] = await ask(expectation);
  }
  expect(answers).toEqual(right);
}

type Refusal = { code: string; key?: string | undefined };
/** No schema takes a bare string: who is let in is told that the input is wrong. */
const NO_INPUT = "no schema takes a bare string";
function answerOf({ code, key }: Refusal): Answer {
  if (code === "bad_input") return "let in";
  if (code === "not_signed_in") return code;
  if (code === "forbidden") return key === "second_factor_required" ? key : code;
  throw new Error(`an unexpected refusal: ${code} ${key}`);
}

/** The preferences only set a cookie of the caller's, and can refuse nobody. */
const BARE = "lib/web/preferences/actions";
const foundActions = (await findActions()).filter(({ module }) => module !== BARE);
const foundRoutes = await findRoutes();
const named = <T>(found: T[], nameOf: (each: T) => string) => found.map((each): [string, T] => [nameOf(each), each]);

describe("each lets in whom the table says, in whatever state their session is", () => {
  test.each(named(foundActions, ({ module, name }) => `${module} ${name}`))("action %s", async (name, found) => {
    const action = (await found.load())[found.name] as Action<unknown>;
    await walk(name, actions[found.module]?.[found.name], async () => {
      const answer = await action(NO_INPUT);
      if (answer.ok) throw new Error(`${name} took a bare string`);
      return answerOf(answer.error);
    });
  });

  test.each(named(foundRoutes, ({ method, path }) => `${method} ${path}`))("route %s", async (name, route) => {
    const handler = (await route.load())[route.method] as (request: Request) => Promise<Response>;
    await walk(name, routes[name], () => askRoute(route, handler));
  });

  test.each(named(findPages(), ({ path }) => path))("page %s", async (path, found) => {
    const demand = pages[path];
    // Shown to everybody, and not to be rendered here.
    if (demand === "public") return;
    const page = (await found.load()).default as Rendered;
    // Whoever is let in gets a page, which the journeys look at.
    await walk(path, demand, async (expectation) => (expectation === "let in" ? expectation : askPage(page)));
  });

  test("and none of it changed a user or a session", async () => {
    expect(await stored()).toEqual(before);
  });
});

async function askRoute({ method, path }: Route, handler: (request: Request) => Promise<Response>): Promise<Answer> {
  const init = method === "POST" ? { method, body: JSON.stringify(NO_INPUT) } : { method };
  const answer = await handler(new Request(`http://localhost${path}`, init));
  // A GET takes no input that could be wrong.
  if (method === "GET" && ![401, 403].includes(answer.status)) return "let in";
  return answerOf(((await answer.json()) as { error: Refusal }).error);
}

type Rendered = (props: object) => Promise<{ type: unknown }>;
async function askPage(page: Rendered): Promise<Answer> {
  const props = { searchParams: Promise.resolve({}), params: Promise.resolve({}) };
  const shown = await page(props).catch((error: unknown) => error);
  const { type, digest = "" } = shown as { type?: unknown; digest?: string };
  if (type === DeniedState) return "forbidden";
  if (digest.startsWith("NEXT_REDIRECT;") && digest.includes(";/login;")) return "not_signed_in";
  return digest.includes(";/second-factor;") ? "second_factor_required" : "let in";
}
