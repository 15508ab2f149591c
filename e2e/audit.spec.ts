import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";

const rows = (page: Page, name: RegExp) => page.getByRole("table").getByRole("row", { name });

test("what was seen of a card is found by its phone, which is in no address", async ({ support, admin, ownCards }) => {
  const [card] = await ownCards({});
  await support.goto(`/cards/${card.id}`);
  await expect(async () => {
    const show = support.getByRole("button", { name: "显示手机号" });
    if (await show.isVisible()) await show.click({ timeout: 2_000 });
    await expect(support.getByText(card.phone, { exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass();

  await admin.goto("/audit");
  const field = admin.getByRole("search", { name: "筛选审计记录" }).getByRole("textbox", { name: "额度卡" });
  // Before the page is hydrated the form submits nothing.
  await expect(async () => {
    await field.fill(card.phone);
    await admin.getByRole("button", { name: "查询", exact: true }).click({ timeout: 2_000 });
    await expect(admin).toHaveURL(/[?&]q=/, { timeout: 2_000 });
  }).toPass();
  await expect(rows(admin, /support.*查看手机号/)).toHaveCount(1);
  await expect(admin.getByText("共 1 条")).toBeVisible();
  expect(admin.url()).not.toContain(card.phone);
  await admin.reload();
  await expect(rows(admin, /support.*查看手机号/)).toHaveCount(1);
  await expect(field).toHaveValue(card.phone);

  const elsewhere = await admin.context().newPage();
  await elsewhere.goto(admin.url());
  await expect(elsewhere.getByText("这个链接是一次私密查询")).toBeVisible();
  await expect(elsewhere.getByRole("table").getByRole("row", { name: "support" })).toHaveCount(0);
  await elsewhere.close();
});

test("a part of a phone is refused in words, before anything is asked", async ({ admin }) => {
  await admin.goto("/audit");
  await expect(async () => {
    await admin.getByRole("search", { name: "筛选审计记录" }).getByRole("textbox", { name: "额度卡" }).fill("1380000");
    await expect(admin.getByText("请填写完整的手机号、兑换码或卡编号")).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test("a denied page and a blocked request are found by one filter", async ({ support, requestAs, admin }) => {
  await support.goto("/users");
  await expect(support.getByText("当前角色无权查看")).toBeVisible();
  const stranger = await requestAs("support");
  const blocked = await stranger.post("/api/cards/list", { data: {}, headers: { origin: "https://evil.example" } });
  expect(blocked.status()).toBe(403);

  // Who is refused is answered first: the record of it comes after.
  await expect(async () => {
    await admin.goto("/audit?outcome=refused");
    await expect(rows(admin, /support.*权限不足被拒绝.*\/users/).first()).toBeVisible({ timeout: 2_000 });
    await expect(rows(admin, /未登录.*请求被拦截/).first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test("the audit is checked from its page, and says so in words", async ({ admin }) => {
  await admin.goto("/audit");
  const notice = admin.getByRole("status").filter({ hasText: /已校验 [\d,]+ 条审计记录，没有修改、删除或添加的痕迹/ });
  await expect(async () => {
    await admin.getByRole("button", { name: "校验审计记录" }).click({ timeout: 2_000 });
    await expect(notice).toBeVisible({ timeout: 10_000 });
  }).toPass();
  await expect(rows(admin, /admin.*校验审计记录/).first()).toBeVisible();
});
