import { expect, test } from "./support/fixtures";

test("a page that can't be reached is one of ours, and comes by itself when it can", async ({ open }) => {
  const page = await open("support", { serviceWorkers: "allow" });
  await page.goto("/operations");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
  });
  await page.context().setOffline(true);
  const answer = await page.goto("/cards");
  expect(answer?.status()).toBe(503);
  await expect(page.getByRole("heading", { name: "无法连接到控制台服务器" })).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "额度卡" })).toBeVisible();
});
