import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { APIRequestContext } from "@playwright/test";
import { FIRST_ROWS } from "@/components/data-table/first-rows";
import { expect, sameOrigin, test } from "./support/fixtures";

/** Every script the page's own HTML asks for: what a first visit loads before anything is hovered or idle. */
async function scriptsOf(request: APIRequestContext, path: string): Promise<string[]> {
  const html = await (await request.get(path)).text();
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  const wanted = tags.filter(
    (tag) => !/\bnomodule\b/i.test(tag) && (/^<script/.test(tag) || /as="script"|modulepreload/.test(tag)),
  );
  const sources = new Set(wanted.flatMap((tag) => /\b(?:src|href)="([^"]+\.js[^"]*)"/.exec(tag)?.[1] ?? []));
  expect(sources.size).toBeGreaterThan(2);
  return Promise.all([...sources].map(async (source) => (await request.get(source.replaceAll("&amp;", "&"))).text()));
}

const kilobytes = (scripts: string[]) =>
  scripts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0) / 1000;

test("the cards page loads at most 203 kB of JavaScript in four files, without zod and without charts", async ({
  requestAs,
}) => {
  const scripts = await scriptsOf(await requestAs("operator"), "/cards");
  expect(kilobytes(scripts)).toBeLessThanOrEqual(203);
  // The bundler's runtime, what every page has (`merge-scripts.ts`), the frame, the page.
  expect(scripts.length).toBeLessThanOrEqual(4);
  for (const mark of marks) {
    // The mark is really one of that library, not a string a newer version no longer has.
    expect(readFileSync(fileURLToPath(new URL(`../node_modules/${mark.file}`, import.meta.url)), "utf8")).toContain(
      mark.text,
    );
    expect(
      scripts.some((text) => text.includes(mark.text)),
      mark.file,
    ).toBe(false);
  }
});

/** Strings that survive minifying. */
const marks = [
  { file: "zod/v4/locales/en.js", text: "Invalid input: expected" },
  { file: "zod/v4/core/errors.js", text: "_zod" },
  { file: "d3-path/dist/d3-path.mjs", text: "negative radius" },
  { file: "d3-format/dist/d3-format.mjs", text: "invalid format: " },
];

test("the sign-in page loads at most 165 kB of JavaScript", async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext(sameOrigin(baseURL));
  expect(kilobytes(await scriptsOf(request, "/login"))).toBeLessThanOrEqual(165);
  await request.dispose();
});

test("the cards page is light: at most 680 bytes and 14 elements a row", async ({ requestAs }) => {
  const html = await (await (await requestAs("operator")).get("/cards")).text();
  const body = /<tbody[^>]*>([\s\S]*)<\/tbody>/.exec(html)?.[1] ?? "";
  const rows = body.match(/<tr/g)?.length ?? 0;
  // Those of the first screen; the browser makes the others.
  expect(rows).toBe(FIRST_ROWS);
  expect(Buffer.byteLength(body) / rows).toBeLessThanOrEqual(680);
  expect((body.match(/<[a-z]/g)?.length ?? 0) / rows).toBeLessThanOrEqual(14.5);
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(54_000);
});
