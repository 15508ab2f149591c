import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openPage, PAGES } from "./support/pages";

/** What a screen reader can't do without, checked on what really stands in the page. */
async function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const show = (element: Element) => element.outerHTML.slice(0, 140);
    const nameOf = (element: Element) => {
      const ids = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
      const labels = "labels" in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
      return [
        element.getAttribute("aria-label"),
        // What an element is named by has its own name first.
        ...ids.map((id) => document.getElementById(id)).map((each) => each?.ariaLabel ?? each?.textContent),
        ...labels.map((label) => label.textContent),
        element.matches("input, select, textarea") ? "" : element.textContent,
        element.getAttribute("title"),
      ].some((text) => text?.trim());
    };
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(visible);
    const headings = all("h1");
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    return [
      ...(document.documentElement.lang ? [] : ["the page names no language"]),
      ...(document.title.trim() ? [] : ["the page has no title"]),
      ...(headings.length === 1 ? [] : [`${headings.length} first headings`]),
      ...(all("main").length === 1 ? [] : ["not exactly one main part"]),
      ...all("button, a[href], input:not([type=hidden]), select, textarea, [role=dialog], table")
        .filter((element) => element.tagName !== "TABLE" && !nameOf(element))
        .map((element) => `without a name: ${show(element)}`),
      ...all("table")
        .filter((table) => !table.querySelector("caption") && !nameOf(table))
        .map((table) => `table without a name: ${show(table)}`),
      ...all("img:not([alt])").map((image) => `image without words: ${show(image)}`),
      ...all("[aria-hidden=true] button, [aria-hidden=true] a[href]").map((element) => `hidden: ${show(element)}`),
      ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id twice: ${id}`),
      ...all("button, select, input:not([type=checkbox], [type=radio])")
        .filter((element) => {
          const { width, height } = element.getBoundingClientRect();
          return width > 1 && (width < 24 || height < 24);
        })
        .map((element) => `smaller than 24 px: ${show(element)}`),
    ];
  });
}

test("every page has one first heading, a language, a title, named controls and targets one can hit", async ({
  admin,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const faults: string[] = [];
  for (const path of [...PAGES, `/cards/${card.id}`]) {
    await openPage(admin, path);
    faults.push(...(await faultsOf(admin)).map((fault) => `${path}: ${fault}`));
  }
  expect(faults).toEqual([]);
});

test("the pages for anonymous callers and the refusing pages are as complete", async ({ anonymous, support }) => {
  const faults: string[] = [];
  for (const path of ["/login", "/setup"]) {
    await openPage(anonymous, path);
    faults.push(...(await faultsOf(anonymous)).map((fault) => `${path}: ${fault}`));
  }
  for (const path of ["/users", "/no-such-page", "/cards/ffffffffffffffffffffffffffffffff"]) {
    await support.goto(path);
    await expect(support.getByRole("main")).toBeVisible();
    faults.push(...(await faultsOf(support)).map((fault) => `${path}: ${fault}`));
  }
  expect(faults).toEqual([]);
});
