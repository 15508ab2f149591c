import { expect, test } from "./support/fixtures";

const rooms = {
  support: ["概览", "额度卡", "卡密", "操作", "账单"],
  operator: ["概览", "额度卡", "卡密", "操作", "审批", "账单"],
  admin: ["概览", "额度卡", "卡密", "操作", "审批", "账单", "审计", "用户", "设置", "健康", "故障实验室"],
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
