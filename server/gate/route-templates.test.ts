import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readRoutes, routeOf } from "./route-templates";

const root = mkdtempSync(join(tmpdir(), "cardesk-routes-"));
mkdirSync(join(root, ".next"));
const manifest = {
  "/(console)/cards/[id]/page": "/cards/[id]",
  "/(console)/cards/paste/page": "/cards/paste",
  "/(console)/page": "/",
  "/_not-found/page": "/_not-found",
  "/api/auth/[...nextauth]/route": "/api/auth/[...nextauth]",
};
writeFileSync(join(root, ".next/app-path-routes-manifest.json"), JSON.stringify(manifest));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each([
  ["/", "/"],
  ["/cards/paste", "/cards/paste"],
  ["/cards/15912345678?phone=15912345678", "/cards/[id]"],
  ["/cards/15912345678/more", "other"],
  ["/api/auth/callback/oidc", "/api/auth/[...nextauth]"],
  ["/_next/static/chunks/a.js", "/_next"],
  ["/_not-found", "other"],
  ["/15912345678", "other"],
])("%s belongs to %s: a route is one of few names, whatever is asked for", (url, route) => {
  expect(routeOf(readRoutes(root), url)).toBe(route);
});
