import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";

test("a page whose code the console no longer has says that it is of an earlier version, and a reload is enough", async ({
  open,
  ownCards,
}) => {
  const [card] = await ownCards({ balance: 10 });
  const page = await open("operator", { expectedErrors: /ChunkLoadError/ });
  await openReady(page, `/cards?id=${card.id}`);
  const row = page.getByRole("row", { name: card.name });
  await expect(row).toBeVisible();
  // As after an upgrade: what the page has stays, what it would load is gone.
  await page.route("**/_next/static/chunks/**", (route) => route.fulfill({ status: 404, body: "Not Found" }));
  // The first sign that somebody is there loads what few pages need.
  await row.hover();

  const prompt = page.getByRole("alert").filter({ hasText: "这个页面来自旧版本的 Cardesk" });
  await expect(prompt).toBeVisible();
  await page.unroute("**/_next/static/chunks/**");
  await prompt.getByRole("button", { name: /^刷新/ }).click();
  await expect(row).toBeVisible();
  await expect(prompt).toHaveCount(0);
});
