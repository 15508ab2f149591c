import { expect, test } from "./support/fixtures";
import { expectDone, orderKeys } from "./support/generating";
import { confirmButton, previewTransfer } from "./support/transferring";

test("a batch of 25 keys is one row among the operations, with its counts, and leads to the batch", async ({
  operator,
}) => {
  const { path } = await orderKeys(operator, "天卡", 25);
  await expectDone(operator, 25);
  await operator.goto("/operations?kinds=generate");
  const table = operator.getByRole("table", { name: "操作列表" });
  const link = table.locator(`a[href="${path}"]`);
  await expect(link).toHaveCount(1);
  await expect(link).toHaveText("生成卡密 天卡 × 25");
  const row = table.getByRole("row").filter({ has: operator.locator(`a[href="${path}"]`) });
  await expect(row).toContainText("已完成");
  await expect(row).toContainText("已生成 25 / 25");
  await expect(row).toContainText("3 次调用");
  await link.click();
  await expect(operator).toHaveURL(new RegExp(`${path}$`));
});

test("a transfer stays a row of its own, and its type is the link to it", async ({ operator, ownCards }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await confirmButton(dialog, 3).click();
  await expect(dialog).toContainText("转让成功");
  await operator.goto("/operations?kinds=transfer");
  const row = operator.getByRole("table", { name: "操作列表" }).getByRole("row", { name: from.name });
  await expect(row.getByRole("link", { name: "转让 3 次" })).toHaveAttribute("href", /^\/operations\/[0-9a-f-]{36}$/);
});
