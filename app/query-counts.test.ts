import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";

/** React's own `cache` remembers only where a page is rendered: here, from one `begin` to the next. */
const request = vi.hoisted(() => {
  let kept = new Map<unknown, unknown>();
  return {
    sid: null as string | null,
    begin: () => {
      kept = new Map();
    },
    cache: (work: (...given: unknown[]) => unknown) => {
      return (...given: unknown[]) => {
        if (!kept.has(work)) kept.set(work, new Map());
        const results = kept.get(work) as Map<unknown, unknown>;
        if (!results.has(given[0])) results.set(given[0], work(...given));
        return results.get(given[0]);
      };
    },
  };
});
vi.mock("react", async (original) => ({ ...(await original<typeof import("react")>()), cache: request.cache }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => ({ user: { sid: request.sid } }) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock("next/server", () => ({ connection: async () => {} }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key, getLocale: async () => "en" }));

let fixtures: UserFixtures;
beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  fixtures = await openUserFixtures(new Date());
  sharedSlot("database").value = fixtures.database;
  request.sid = (await fixtures.signIn(await fixtures.addUser("admin"))).actor.sessionId;
});
afterAll(() => fixtures.close());

/** The statements that a page and the frame around it send to the database. */
async function statementsOf(page: () => Promise<unknown>): Promise<string[]> {
  const { default: Layout } = await import("@/app/(console)/layout");
  request.begin();
  const query = vi.spyOn(pg.Client.prototype, "query");
  try {
    await Promise.all([Layout({ children: null }), page()]);
    return query.mock.calls.flatMap(([asked]: unknown[]) => textOf(asked));
  } finally {
    query.mockRestore();
  }
}

const textOf = (asked: unknown): string[] =>
  typeof asked === "object" && asked !== null && "text" in asked ? [String(asked.text)] : [];

// The session with the settings, and what the frame shows.
const FRAME = 2;

async function expectStatements(own: number, page: () => Promise<unknown>): Promise<void> {
  // The first time modules are loaded, and the session's last use is written.
  await statementsOf(page);
  const statements = await statementsOf(page);
  expect(new Set(statements).size).toBe(statements.length);
  expect(statements).toHaveLength(FRAME + own);
}

test("the frame takes two statements", () => expectStatements(0, () => Promise.resolve(null)));

test("the card table takes two more: rows with their total, and all that is beside them", async () => {
  const { default: Page } = await import("@/app/(console)/cards/page");
  await expectStatements(2, () => Page({ searchParams: Promise.resolve({ sort: "balance" }) }));
  await expectStatements(2, () => Page({ searchParams: Promise.resolve({}) }));
});

test("the settings take no more: they are read already", async () => {
  const { default: Page } = await import("@/app/(console)/settings/page");
  await expectStatements(0, () => Page());
});
