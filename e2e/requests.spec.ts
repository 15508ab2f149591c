import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";

/** What the page asks for until nothing was asked for a second; nobody touches it meanwhile. */
async function requestsUntilQuiet(page: Page, path: string): Promise<string[]> {
  const sent: string[] = [];
  let last = performance.now();
  let syncs = 0;
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    // While a sync runs its state is asked for again and again; when one ends, as others make cards, all cards are read.
    if (pathname === "/api/cards/sync") syncs++;
    if (pathname === "/api/cards/sync" || (syncs > 0 && pathname.startsWith("/api/cards/"))) return;
    sent.push(`${request.method()} ${pathname}`);
    last = performance.now();
  });
  await openReady(page, path);
  await expect.poll(() => performance.now() - last).toBeGreaterThan(1_000);
  return [...sent];
}

test("the cards page asks for at most 11 things until it is at rest, and reads no other page ahead", async ({
  open,
}) => {
  const page = await open("operator");
  const sent = await requestsUntilQuiet(page, "/cards");
  expect(sent.length, sent.join("\n")).toBeLessThanOrEqual(11);
  const others = sent.filter((line) => /^GET \/(?!cards$|api\/messages$|icon|_next|favicon)/.test(line));
  expect(others).toEqual([]);
});

test("the words of every page are asked for once, and kept by the browser for the next page", async ({ open }) => {
  const page = await open("operator");
  const answer = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/messages");
  const sent = await requestsUntilQuiet(page, "/cards");
  expect(sent.filter((line) => line === "GET /api/messages")).toHaveLength(1);
  expect((await answer).headers()["cache-control"]).toContain("immutable");
});

test("dialogs and toasts load at the first sign that a control may be used, not before", async ({ open, ownCards }) => {
  await ownCards({});
  const page = await open("operator");
  const before = await requestsUntilQuiet(page, "/cards");
  const later: string[] = [];
  page.on("request", (request) => later.push(new URL(request.url()).pathname));
  const control = page.getByRole("main").getByRole("button", { name: "重置" });
  await control.hover();
  await expect.poll(() => later.filter((path) => path.endsWith(".js")).length).toBeGreaterThanOrEqual(2);
  expect(later.filter((path) => path.endsWith(".js") && before.includes(`GET ${path}`))).toEqual([]);
});
