import { expect, test } from "./support/fixtures";

const rooms = {
  support: ["概览", "额度卡", "卡密", "操作", "待跟进", "账单"],
  operator: ["概览", "额度卡", "卡密", "操作", "待跟进", "审批", "账单"],
  admin: ["概览", "额度卡", "卡密", "操作", "待跟进", "审批", "账单", "审计", "用户", "设置", "健康", "故障实验室"],
} as const;

for (const role of ["support", "operator", "admin"] as const) {
  test(`${role} is shown the rooms this role may enter`, async ({ open }) => {
    const page = await open(role);
    await page.goto("/");
    const links = page.getByRole("navigation", { name: "主导航" }).getByRole("link");
    await expect(links).toHaveText(rooms[role].map((name) => new RegExp(`^${name}`)));
  });
}

test("support is told on a forbidden page who may change that", async ({ support }) => {
  for (const path of ["/users", "/settings", "/audit", "/health"]) {
    await support.goto(path);
    await expect(support.getByText("当前角色无权查看")).toBeVisible();
    await expect(support.getByText("如需使用，请联系管理员调整角色。")).toBeVisible();
    await expect(support.getByRole("main").getByRole("table")).toHaveCount(0);
  }
});

test("support sees a card's page, and why it may change nothing there", async ({ support, ownCards }) => {
  const [card] = await ownCards({ balance: 0 });
  await support.goto(`/cards/${card.id}`);
  await expect(support.getByRole("heading", { level: 1, name: card.name })).toBeVisible();
  for (const name of ["转让额度", "销毁"]) {
    const button = support.getByRole("button", { name, exact: true });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await button.click({ force: true });
  }
  await expect(support.getByRole("dialog")).toHaveCount(0);
  await expect(support.getByRole("main")).toContainText("需要操作员角色");
});

test("a refused try stands in the audit, with who and what", async ({ requestAs, admin }) => {
  const support = await requestAs("support");
  expect((await support.post("/api/audit/list", { data: {} })).status()).toBe(403);
  await admin.goto("/audit");
  await expect(admin.getByRole("row", { name: /support.*权限不足被拒绝/ }).first()).toBeVisible();
});

test("support types a part of a phone and is told what to type instead; the whole one is found", async ({
  support,
  requestAs,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const part = card.phone.slice(0, 7);
  await support.goto("/cards");
  const field = support.getByRole("textbox", { name: "手机号" });
  const refusal = support.getByText("请填写完整手机号或后 4 位", { exact: true });
  // Before the page is hydrated the form submits nothing.
  await expect(async () => {
    await field.fill(part);
    await support.getByRole("button", { name: "查询", exact: true }).click({ timeout: 2_000 });
    await expect(refusal).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(field).toHaveValue(part);
  await field.fill(card.phone);
  await support.getByRole("button", { name: "查询", exact: true }).click();
  await expect(support.getByRole("navigation", { name: "分页" }).getByText("共 1 条")).toBeVisible();
  await expect(support.getByRole("table", { name: "额度卡列表" })).toContainText(card.name);
  await expect(refusal).toHaveCount(0);

  const byHand = await (await requestAs("support")).post("/api/cards/ids", { data: { filter: { phone: part } } });
  expect(byHand.status()).toBe(400);
  expect(await byHand.json()).toMatchObject({ error: { fields: { "filter.phone": "phone_whole_or_last4" } } });
});

test("the find box tells support that by a part of a phone nothing was looked for", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  await support.goto("/");
  const box = support.getByRole("combobox", { name: "查找额度卡" });
  await expect(async () => {
    await box.fill("");
    await box.fill(card.phone.slice(0, 7));
    await expect(support.getByText("手机号和兑换码需填完整，或只填末 4 位。")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await box.fill(card.phone);
  const cards = support.getByRole("group", { name: "额度卡" });
  await expect(cards.getByRole("option", { name: new RegExp(card.name) })).toBeVisible();
});

test("support can't sort by what is masked, and a link that asks for it says so", async ({ support, operator }) => {
  const sortOf = (page: typeof support, name: string) =>
    page.getByRole("columnheader", { name, exact: true }).getByRole("button");
  await operator.goto("/cards?sort=phone&desc=false");
  await expect(sortOf(operator, "手机号")).toHaveCount(1);
  await support.goto("/cards?sort=phone&desc=false");
  await expect(support.getByText("已改为按创建时间排序：当前角色看不到完整手机号和兑换码。")).toBeVisible();
  await expect(sortOf(support, "余额（次）")).toHaveCount(1);
  for (const name of ["手机号", "兑换码"]) await expect(sortOf(support, name)).toHaveCount(0);
});
