import { describe, expect, test, vi } from "vitest";
import { actions, type Demand, pages, routes } from "@/e2e/support/access-table";
import { accessOf } from "@/lib/web/auth/endpoint-access";
import { findActions, findInlineActions, findPages, findRoutes } from "@/test/support/find-endpoints";

// The real one needs Next's module loader; app/access-states.test.ts tests its answers.
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: () => null }));

/** Public endpoints without a definer: the preferences, which only set the caller's cookie. */
const BARE = ["lib/web/preferences/actions setLocale", "lib/web/preferences/actions setTheme"];
const demandOf = (name: string, endpoint: unknown) =>
  accessOf(endpoint)?.role ?? (BARE.includes(name) ? "public" : "nothing");

const foundPages = findPages();
const foundRoutes = await findRoutes();
const foundActions = await findActions();
const listedActions = Object.entries(actions).flatMap(([module, exports]) =>
  Object.entries(exports).map(([name, demand]): [string, Demand] => [`${module} ${name}`, demand]),
);

describe("the access table", () => {
  test("lists every page, and no other", () => {
    expect(Object.keys(pages).sort()).toEqual(foundPages.map((page) => page.path).sort());
  });

  test("lists every route handler, and no other", () => {
    expect(Object.keys(routes).sort()).toEqual(foundRoutes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test("lists every server action, and no other", () => {
    expect(listedActions.map(([name]) => name).sort()).toEqual(
      foundActions.map(({ module, name }) => `${module} ${name}`).sort(),
    );
  });

  test("can list them: no action is hidden inside another file", () => {
    expect(findInlineActions()).toEqual([]);
  });
});

describe("the code demands what the table says", () => {
  test.each(foundPages.map((page) => [page.path, page]))("page %s", (path, { file, source }) => {
    const demanded = [...source.matchAll(/pageContext\(\s*"(\w+)"\s*[,)]/g)].map((match) => match[1]);
    const isPublic = file.startsWith("app/(auth)/") && demanded.length === 0;
    expect(isPublic ? ["public"] : demanded).toEqual([pages[path]]);
  });

  test.each(foundRoutes.map((route) => [`${route.method} ${route.path}`, route]))("route %s", async (name, route) => {
    expect(demandOf(name, (await route.load())[route.method])).toBe(routes[name]);
  });

  test.each(foundActions.map((action) => [`${action.module} ${action.name}`, action]))(
    "action %s",
    async (name, action) => {
      expect(demandOf(name, (await action.load())[action.name])).toBe(actions[action.module]?.[action.name]);
    },
  );

  test("no two endpoints have one name in log and audit", async () => {
    const endpoints = [
      ...(await Promise.all(foundActions.map(async (endpoint) => (await endpoint.load())[endpoint.name]))),
      ...(await Promise.all(foundRoutes.map(async (endpoint) => (await endpoint.load())[endpoint.method]))),
    ];
    const names = endpoints.flatMap((endpoint) => accessOf(endpoint)?.name ?? []);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
