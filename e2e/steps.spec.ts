import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { expectDone, lastSeq, madeSince } from "./support/generating";
import { openPage } from "./support/pages";
import { confirmButton, outcome } from "./support/transferring";

/**
 * What a person does, counted: a press, a paste, or a text ended by Enter is one action. What is done again because the page
 * had no scripts yet is not counted twice: the person would have done it once, a moment later.
 */
function counted() {
  let actions = 0;
  return {
    act: async (does: () => Promise<unknown>) => {
      actions += 1;
      await does();
    },
    count: () => actions,
  };
}

const box = (page: Page) => page.getByRole("combobox", { name: "查找额度卡" });

/** From the card's page to the end: open, paste, amount and Enter, confirm. */
async function transferFrom(page: Page, act: (does: () => Promise<unknown>) => Promise<void>, to: { phone: string }) {
  const dialog = page.getByRole("dialog", { name: "转让额度" });
  await act(() =>
    expect(async () => {
      if (!(await dialog.isVisible())) await page.getByRole("button", { name: "转让额度" }).click({ timeout: 2_000 });
      await expect(dialog.getByRole("textbox", { name: "转入卡" })).toBeFocused({ timeout: 2_000 });
    }).toPass(),
  );
  await act(() => dialog.getByRole("textbox", { name: "转入卡" }).fill(to.phone));
  const amount = dialog.getByRole("textbox", { name: "转让次数" });
  await expect(amount).toBeFocused();
  await act(async () => {
    await amount.fill("4");
    await amount.press("Enter");
  });
  await act(() => confirmButton(dialog, 4).click());
  await expect(outcome(dialog)).toContainText("转让成功");
}

test("a transfer is at most 4 actions from the card", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 5 });
  await openPage(operator, `/cards/${from.id}`);
  const { act, count } = counted();
  await transferFrom(operator, act, to);
  expect(count()).toBeLessThanOrEqual(4);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("a transfer is at most 5 actions from anywhere", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 5 });
  await openPage(operator, "/operations");
  await expect(box(operator)).toBeFocused();
  const { act, count } = counted();
  await act(async () => {
    await box(operator).fill(from.phone);
    await box(operator).press("Enter");
    await expect(operator).toHaveURL(new RegExp(`/cards/${from.id}$`));
  });
  await transferFrom(operator, act, to);
  expect(count()).toBeLessThanOrEqual(5);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("37 keys are in a file after at most 4 actions from the overview, without a second question", async ({
  operator,
  sandbox,
}) => {
  const before = await lastSeq(sandbox);
  await openPage(operator, "/");
  const { act, count } = counted();
  await act(() => operator.getByRole("main").getByRole("link", { name: "新建批次" }).click());
  await expect(operator).toHaveURL(/\/keys\/new$/);
  await act(() => operator.getByRole("radio", { name: "天卡" }).check());
  const amount = operator.getByRole("textbox", { name: "数量" });
  await act(async () => {
    await amount.fill("37");
    await expect(operator.getByRole("button", { name: "生成 37 张天卡" })).toBeVisible();
    await amount.press("Enter");
  });
  await expect(operator).toHaveURL(/\/keys\/[0-9a-f-]{36}$/);
  await expectDone(operator, 37);
  const progress = operator.locator("section").filter({ has: operator.getByRole("progressbar", { name: "生成进度" }) });
  await expect(progress.getByRole("button", { name: "复制全部（37 张）" })).toBeVisible();
  const coming = operator.waitForEvent("download");
  await act(() => progress.getByRole("button", { name: "下载 TXT（37 张）" }).click());
  await coming;
  expect(count()).toBeLessThanOrEqual(4);
  expect(await madeSince(sandbox, before)).toHaveLength(37);
});

test("three empty cards are destroyed after at most 6 actions", async ({ operator, ownCards, sandbox }) => {
  const cards = await ownCards({ balance: 0 }, { balance: 0 }, { balance: 0 });
  await openPage(operator, "/");
  // The page is there for people once the find box has taken the focus.
  await expect(box(operator)).toBeFocused();
  const { act, count } = counted();
  const pasted = cards.map(({ id }) => id).join("\n");
  await act(async () => {
    await box(operator).evaluate((element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, pasted);
    await expect(operator.getByRole("option", { name: "按 3 项查找" })).toBeVisible();
    await box(operator).press("Enter");
  });
  await expect(operator).toHaveURL(/\/cards\/paste$/);
  await act(() => operator.getByRole("button", { name: "选择找到的 3 张" }).click());
  const selected = operator.getByRole("region", { name: "已选中的行" });
  await act(() => selected.getByRole("button", { name: "销毁 3 张" }).click());
  const dialog = operator.getByRole("dialog", { name: "销毁 3 张卡" });
  await expect(dialog).toContainText("可以销毁 3 张");
  await act(() => dialog.getByRole("button", { name: "销毁 3 张卡" }).click());
  await expect(outcome(dialog)).toHaveText("已销毁 3 张");
  expect(count()).toBeLessThanOrEqual(6);
  for (const { id } of cards) expect(await sandbox.calls("destroy", id)).toHaveLength(1);
});
