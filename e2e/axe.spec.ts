import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openPage, PAGES } from "./support/pages";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe finds on the page as it stands, each with where. A row that comes while axe measures moves those below it and is
 * as near to them as nothing ever is: what is found counts if it is found again.
 */
async function violationsOf(page: Page, where: string): Promise<string[]> {
  const found = await analyze(page, where);
  if (found.length === 0) return found;
  const again = await analyze(page, where);
  return found.filter((each) => again.includes(each));
}

/** No frames, so it needs no page of its own. */
async function analyze(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${where}: ${id}: ${html.slice(0, 160)}`));
}

for (const colorScheme of ["light", "dark"] as const)
  for (const locale of ["zh-CN", "en"])
    test(`axe finds nothing on any page (${colorScheme}, ${locale})`, async ({
      open,
      ownCards,
      requestAs,
      baseURL,
    }) => {
      const [card, other] = await ownCards({ balance: 10 }, { balance: 0 });
      const about = { data: { cardId: card.id } };
      const { userId } = await (await (await requestAs("support")).post("/api/customers/get", about)).json();
      const page = await open("admin", { colorScheme, reducedMotion: "reduce" });
      await page.context().addCookies([{ name: "locale", value: locale, url: String(baseURL) }]);
      const found: string[] = [];
      const own = [`/cards/${card.id}`, `/cards/${other.id}`, `/customers/${userId}`, `/cards?id=${card.id}`];
      for (const path of [...PAGES, ...own]) {
        await openPage(page, path);
        found.push(...(await violationsOf(page, path)));
      }

      // Filters that are folded at first, with the fields for days.
      for (const path of ["/cards", "/operations"]) {
        await openPage(page, path);
        const day = page.getByPlaceholder("YYYY-MM-DD").first();
        await expect(async () => {
          if (!(await day.isVisible()))
            await page
              .getByRole("search")
              .getByRole("button", { name: /^(展开|More)/ })
              .click({ timeout: 2_000 });
          await expect(day).toBeVisible({ timeout: 2_000 });
        }).toPass();
        found.push(...(await violationsOf(page, `${path}, all filters`)));
      }

      await openPage(page, `/cards/${card.id}`);
      const dialog = page.getByRole("dialog");
      await expect(async () => {
        if (!(await dialog.isVisible()))
          await page.getByRole("button", { name: /^(转让额度|Transfer quota)$/ }).click({ timeout: 2_000 });
        await expect(dialog).toBeVisible({ timeout: 2_000 });
      }).toPass();
      found.push(...(await violationsOf(page, "the transfer dialog")));
      expect(found).toEqual([]);
    });
