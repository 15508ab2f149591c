import { randomBytes } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import type { OwnCard } from "./support/own-cards";
import { ON_RELEASE } from "./support/sandbox";
import { confirmButton, outcome, previewTransfer } from "./support/transferring";

/** From a card's page to the open dialog. */
async function newFollowUp(page: Page, card: OwnCard): Promise<Locator> {
  await page.goto(`/cards/${card.id}`);
  const dialog = page.getByRole("dialog", { name: "新建跟进" });
  // A click from before the page was hydrated is done again then.
  await expect(async () => {
    if (!(await dialog.isVisible())) await page.getByRole("button", { name: "新建跟进" }).click({ timeout: 2_000 });
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return dialog;
}

const lines = (page: Page, text: string): Locator =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: text });

test("a promise to call back becomes due with the outcome, is counted beside every page, and is done", async ({
  operator,
  support,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  await sandbox.fault({ fault: "reset", effect: ON_RELEASE, match: { kind: "transfer", when: { code: from.code } } });
  const transfer = await previewTransfer(operator, from, to, 4);
  await confirmButton(transfer, 4).click();
  await expect(outcome(transfer)).toContainText("结果未知");

  const dialog = await newFollowUp(support, from);
  await expect(dialog.getByRole("combobox", { name: "何时" })).toHaveValue("outcome");
  const text = `有结果后回电 ${randomBytes(4).toString("hex")}`;
  await dialog.getByRole("textbox", { name: "要做的事" }).fill(text);
  await dialog.getByRole("button", { name: "保存跟进" }).click();
  await expect(dialog).toBeHidden();
  await expect(support.getByRole("textbox", { name: "答复全文" })).toHaveValue(/结果正在核实/);

  await support.goto("/follow-ups");
  await expect(lines(support, text)).toContainText("转让有结果时（结果未知）");
  await expect(lines(support, text)).not.toContainText("已到期");

  await sandbox.release();
  await expect(outcome(transfer)).toContainText("已核实：转让已生效");
  await support.reload();
  await expect(lines(support, text)).toContainText("已到期");
  await expect(support.getByRole("link", { name: /待跟进.*项跟进已到期/ }).first()).toBeVisible();
  await expect(async () => {
    const finish = lines(support, text).getByRole("button", { name: "完成" });
    if (await finish.isVisible()) await finish.click({ timeout: 2_000 });
    await expect(lines(support, text)).toHaveCount(0, { timeout: 5_000 });
  }).toPass();
  await support.goto("/follow-ups?state=done");
  await expect(lines(support, text)).toContainText("support 完成于");
});

test("a shift hands over what it could not do, and the next person sees it among their own", async ({
  support,
  operator,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const text = `下午再试 ${randomBytes(4).toString("hex")}`;
  const dialog = await newFollowUp(support, card);
  await dialog.getByRole("textbox", { name: "要做的事" }).fill(text);
  await dialog.getByRole("combobox", { name: "何时" }).selectOption("4 小时后");
  await dialog.getByRole("button", { name: "保存跟进" }).click();
  await expect(dialog).toBeHidden();

  const line = lines(support, text);
  await expect(line).toContainText("由 support 负责");
  await line.getByRole("button", { name: "移交" }).click();
  const handing = support.getByRole("dialog", { name: "移交给" });
  await handing.getByRole("combobox", { name: "负责人" }).selectOption("operator");
  await handing.getByRole("button", { name: "移交" }).click();
  await expect(line).toContainText("由 operator 负责");

  await operator.goto("/follow-ups?whose=mine");
  await expect(lines(operator, text)).toBeVisible();
  await support.goto("/follow-ups?whose=mine");
  await expect(support.getByRole("heading", { level: 1, name: "待跟进" })).toBeVisible();
  await expect(lines(support, text)).toHaveCount(0);
});
