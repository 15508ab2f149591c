import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";

test("a word of the upstreams is explained beside where it first stands, by key and by pointer", async ({
  support,
}) => {
  await openReady(support, "/cards");
  const mark = support.getByRole("main").getByRole("button", { name: "名词解释" }).first();
  const text = support.getByText(/^额度卡是 ESP-AI 上的预付卡/);
  await expect(mark).toHaveAccessibleDescription(/^额度卡是 ESP-AI 上的预付卡/);
  await expect(text).toBeHidden();
  await mark.press("Enter");
  await expect(text).toBeInViewport({ ratio: 1 });
  await support.keyboard.press("Escape");
  await expect(text).toBeHidden();
  await mark.click();
  await expect(text).toBeInViewport({ ratio: 1 });
});

test("in the demo a newcomer enters with one press, and is shown three things to try, once", async ({ open }) => {
  const page = await open(null);
  await page.goto("/login");
  await expect(page.getByRole("heading", { name: "演示环境" })).toBeVisible();
  const steps = page.getByRole("heading", { name: "三步认识 Cardesk" });
  // A press from before the page was hydrated does nothing.
  await expect(async () => {
    if (new URL(page.url()).pathname === "/login")
      await page.getByRole("button", { name: "操作员", exact: true }).click({ timeout: 1_000 });
    await expect(steps).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expect(page.getByRole("button", { name: "账号：operator" })).toBeVisible();
  for (const word of ["ESP-AI", "土豆云", "Talk-Bot"])
    await expect(page.getByRole("main").getByRole("term").filter({ hasText: word })).toBeVisible();
  await expect(async () => {
    if (await steps.isVisible()) await page.getByRole("button", { name: "不再显示" }).click({ timeout: 2_000 });
    await expect(steps).toHaveCount(0, { timeout: 2_000 });
  }).toPass();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "概览" })).toBeVisible();
  await expect(steps).toHaveCount(0);
});
