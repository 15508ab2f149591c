import { basename, dirname } from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { actionNames, hostileRequest, posted } from "@/e2e/support/hostile/hostile-request";
import { shapedEndpoints } from "@/e2e/support/hostile/nearly-right";
import { findActions, findRoutes } from "@/test/support/find-endpoints";

// The real one needs Next's module loader.
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: () => null }));

const routes = await findRoutes();
const foundPosts = routes.filter(({ method }) => method === "POST").map(({ path }) => `POST ${path}`);
const foundActions = (await findActions()).map(({ module, name }) => `${basename(dirname(module))}.${name}`);

test("hostile requests know what every route and action takes, and nothing that is gone", () => {
  expect([...shapedEndpoints].sort()).toEqual([...foundPosts, ...foundActions].sort());
  expect([...posted, ...actionNames].sort()).toEqual([...shapedEndpoints].sort());
});

test("no two actions have one name there", () => {
  expect(foundActions.filter((name, at) => foundActions.indexOf(name) !== at)).toEqual([]);
});

test("as many as one run sends reach every route and action", () => {
  const requests = fc.sample(
    hostileRequest((name) => ({ path: "/x", id: name })),
    { numRuns: 5_000, seed: 1 },
  );
  const reached = new Set(
    requests.map(({ method, path, headers }) => headers["next-action"] ?? `${method} ${path.split("?", 1)[0]}`),
  );
  const gets = routes.filter(({ method }) => method === "GET").map(({ path }) => `GET ${path}`);
  expect([...gets, ...foundPosts, ...foundActions].filter((endpoint) => !reached.has(endpoint))).toEqual([]);
});
