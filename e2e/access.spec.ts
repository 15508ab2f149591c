import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { APIRequestContext } from "@playwright/test";
import { actions, type Demand, pages, routes } from "./support/access-table";
import { expect, type Role, sameOrigin, test } from "./support/fixtures";

const ladder: Demand[] = ["public", "support", "operator", "admin"];
const passes = (role: Role | null, demand: Demand) => ladder.indexOf(role ?? "public") >= ladder.indexOf(demand);
/** next-auth's own endpoints have rules of their own; the sign-in journeys go through them. */
const endpoints = Object.entries(routes).filter(([endpoint]) => !endpoint.includes("nextauth"));

type BuiltAction = { filename: string; exportedName: string; workers: Record<string, unknown> };

/** Every server action of the build, with a page it can be posted to, as a browser would. */
function builtActions(): { id: string; name: string; demand: Demand | undefined; path: string }[] {
  const manifest = fileURLToPath(new URL("../.next/server/server-reference-manifest.json", import.meta.url));
  const { node } = JSON.parse(readFileSync(manifest, "utf8")) as { node: Record<string, BuiltAction> };
  return Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
    const module = filename.replace(/\.ts$/, "");
    const page = Object.keys(workers)[0] ?? "";
    const path = page.replace(/^app|\/\(\w+\)|\/page$/g, "").replace(/\[.+?\]/g, randomUUID());
    return { id, name: `${module} ${exportedName}`, demand: actions[module]?.[exportedName], path: path || "/" };
  });
}

/** Post an input no schema takes: what is complained of first tells who was let in. */
async function complaintOf(request: APIRequestContext, { id, path }: { id: string; path: string }): Promise<string> {
  const headers = { "next-action": id, "content-type": "text/plain;charset=UTF-8", accept: "text/x-component" };
  const answer = await request.post(path, { headers, data: '["no schema takes a bare string"]', maxRedirects: 0 });
  return /"code":"(\w+)"/.exec(await answer.text())?.[1] ?? `answered ${answer.status()}`;
}

/** What a page really shows: without scripts, which carry every word of the language. */
const shown = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, "");

test("nobody gets past the sign-in page", async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext(sameOrigin(baseURL));
  for (const [path, demand] of Object.entries(pages)) {
    const answer = await request.get(path.replace(/\[.+?\]/g, randomUUID()), { maxRedirects: 0 });
    if (demand === "public") expect(answer.status(), path).toBe(200);
    else expect(answer.headers().location, path).toMatch(/\/login(\?|$)/);
  }
  for (const [endpoint, demand] of endpoints) {
    const [method = "", path = ""] = endpoint.split(" ");
    const answer = await request.fetch(path, { method, ...(method === "POST" && { data: {} }) });
    if (demand === "public") expect([200, 400], endpoint).toContain(answer.status());
    else expect(answer.status(), endpoint).toBe(401);
  }
  await request.dispose();
});

for (const role of ["support", "operator", "admin"] as const) {
  test(`${role} passes exactly the endpoints the table opens`, async ({ requestAs }) => {
    const request = await requestAs(role);
    for (const [path, demand] of Object.entries(pages)) {
      const answer = await request.get(path.replace(/\[.+?\]/g, randomUUID()));
      const html = shown(await answer.text());
      expect(answer.status(), path).toBeLessThan(500);
      expect(html.includes("当前角色无权查看"), path).toBe(!passes(role, demand));
    }
    for (const [endpoint, demand] of endpoints) {
      const [method = "", path = ""] = endpoint.split(" ");
      const answer = await request.fetch(path, { method, ...(method === "POST" && { data: {} }) });
      if (passes(role, demand)) expect([200, 400, 404], endpoint).toContain(answer.status());
      else expect(answer.status(), endpoint).toBe(403);
    }
  });
}

for (const role of [null, "support", "operator", "admin"] as const) {
  test(`${role ?? "nobody"} is let into exactly the server actions the table opens`, async ({
    playwright,
    requestAs,
    baseURL,
  }) => {
    const request = role ? await requestAs(role) : await playwright.request.newContext(sameOrigin(baseURL));
    const built = builtActions().filter(({ name }) => !name.startsWith("lib/web/preferences/"));
    expect(built.length).toBeGreaterThan(20);
    for (const action of built) {
      expect(action.demand, action.name).toBeDefined();
      const refusal = role ? "forbidden" : "not_signed_in";
      const expected = passes(role, action.demand ?? "admin") ? "bad_input" : refusal;
      expect(await complaintOf(request, action), action.name).toBe(expected);
    }
    if (!role) await request.dispose();
  });
}

test("a session cookie that was tampered with is worth nothing", async ({ open, signedIn, cardesk }) => {
  const state = await signedIn("admin");
  const cookies = state.cookies.map((cookie) =>
    cookie.name.includes("session-token") ? { ...cookie, value: `${cookie.value.slice(0, -6)}AAAAAA` } : cookie,
  );
  const page = await open(null, { storageState: { ...state, cookies } });
  await page.goto("/users");
  await expect(page).toHaveURL(`${cardesk.url}/login?callbackUrl=%2Fusers`);
});
