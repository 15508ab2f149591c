import { expect, test } from "./support/fixtures";
import { openMenu } from "./support/menus";
import { openPage } from "./support/pages";

test("every page says that this is a sandbox", async ({ support }) => {
  for (const path of ["/", "/cards", "/billing", "/operations"]) {
    await support.goto(path);
    await expect(support.getByText("沙盒环境：上游均为模拟，不动用真实额度。")).toBeVisible();
  }
});

test("the theme follows the system until one is chosen, and the choice stays", async ({ open }) => {
  const page = await open("support", { colorScheme: "dark" });
  const brightness = () =>
    page.evaluate(() => {
      const context = document.createElement("canvas").getContext("2d");
      if (!context) return -1;
      context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
      context.fillRect(0, 0, 1, 1);
      return (
        context
          .getImageData(0, 0, 1, 1)
          .data.slice(0, 3)
          .reduce((sum, part) => sum + part, 0) / 3
      );
    });
  await page.goto("/");
  await expect.poll(brightness).toBeLessThan(80);

  const menu = await openMenu(page, "账号：support");
  const saved = page.waitForResponse((response) => "next-action" in response.request().headers());
  await menu.getByRole("menuitemradio", { name: "浅色" }).click();
  await expect.poll(brightness).toBeGreaterThan(200);
  await saved;
  await page.reload();
  await expect.poll(brightness).toBeGreaterThan(200);
  await openMenu(page, "账号：support");
  await expect(menu.getByRole("menuitemradio", { name: "浅色" })).toBeChecked();
});

test("print has neither the header with the user's name nor the strip of the sandbox", async ({ support }) => {
  await openPage(support, "/cards");
  const banner = support.getByRole("banner");
  const strip = support.getByText("沙盒环境：上游均为模拟，不动用真实额度。");
  await expect(banner).toBeVisible();
  await expect(strip).toBeVisible();
  await support.emulateMedia({ media: "print" });
  await expect(banner).toBeHidden();
  await expect(strip).toBeHidden();
  // What is pressed does nothing on paper, be it a button or a link that looks like one.
  await expect(support.getByRole("link", { name: "批量查找" })).toBeHidden();
  await expect(support.getByRole("table", { name: "额度卡列表" })).toBeVisible();
});

test("on a wide screen a table ends before its columns lie far apart", async ({ open }) => {
  const page = await open("support", { viewport: { width: 1920, height: 1080 } });
  await openPage(page, "/cards");
  const width = await page.getByRole("table", { name: "额度卡列表" }).evaluate((table) => table.clientWidth);
  expect(width).toBeLessThanOrEqual(1536);
  expect(width).toBeGreaterThan(1200);
});
