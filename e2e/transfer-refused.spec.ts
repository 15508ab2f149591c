import { expect, test } from "./support/fixtures";
import { ON_RELEASE } from "./support/sandbox";
import {
  chooseTarget,
  confirmButton,
  openCardMenu,
  openTransfer,
  outcome,
  previewTransfer,
} from "./support/transferring";

const kinds = [
  { what: "a trial card", card: { type: "0" }, why: "免费体验卡不能转让，也不能销毁" },
  { what: "an unlimited card", card: { type: "5", balance: "不限次数" }, why: "余额不限，无法核对" },
  { what: "a card of a type nobody documented", card: { type: "9" }, why: "类型 9 未知，不按付费卡处理" },
] as const;

for (const { what, card, why } of kinds) {
  test(`${what} can neither give nor take, and says why`, async ({ operator, ownCards }) => {
    const [odd, fine] = await ownCards(card, {});
    const item = (await openCardMenu(operator, odd)).getByRole("menuitem", { name: /^转让额度/ });
    await expect(item).toHaveAttribute("aria-disabled", "true");
    await expect(item).toContainText(why);

    const dialog = await openTransfer(operator, fine);
    await dialog.getByRole("textbox", { name: "转入卡" }).fill(odd.phone);
    const found = dialog.getByRole("list", { name: "转入卡" });
    await expect(found).toContainText(why);
    await expect(found.getByRole("button")).toHaveCount(0);
  });
}

test("a card nobody has redeemed can't take part", async ({ operator, ownCards }) => {
  const [free, fine] = await ownCards({ redeemed: false }, {});
  const dialog = await openTransfer(operator, fine);
  await dialog.getByRole("textbox", { name: "转入卡" }).fill(free.code);
  await expect(dialog.getByRole("list", { name: "转入卡" })).toContainText("尚未兑换，没有手机号");
});

test("an empty card has nothing to give", async ({ operator, ownCards }) => {
  const [empty] = await ownCards({ balance: 0 });
  const item = (await openCardMenu(operator, empty)).getByRole("menuitem", { name: /^转让额度/ });
  await expect(item).toContainText("余额为 0");
});

test("more than there is, is refused in the preview and can't be confirmed", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("11");
  await expect(dialog).toContainText("上次读到的余额是 10 次");
  await dialog.getByRole("button", { name: "预览" }).click();
  await expect(dialog).toContainText("余额只有 10 次，不够 11 次");
  // What can't be done has no "after".
  await expect(dialog.getByRole("definition")).toHaveText(["10", "—", "100", "—"]);
  await expect(confirmButton(dialog, 11)).toHaveAttribute("aria-disabled", "true");
  await confirmButton(dialog, 11).click({ force: true });
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
});

test("what is no amount is not even asked about", async ({ operator, ownCards }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.phone, to);
  for (const [typed, words] of [
    ["", "必填"],
    ["0", "超出允许范围"],
    ["1.5", "请输入整数"],
    ["-3", ""],
    ["三", "请输入整数"],
  ] as const) {
    await dialog.getByRole("textbox", { name: "转让次数" }).fill(typed);
    await dialog.getByRole("button", { name: "预览" }).click();
    await expect(dialog.getByRole("textbox", { name: "转让次数" })).toHaveAttribute("aria-invalid", "true");
    await expect(dialog).toContainText(words);
  }
});

test("a card can't give to itself", async ({ operator, ownCards }) => {
  const [from] = await ownCards({ balance: 10 });
  const dialog = await openTransfer(operator, from);
  await dialog.getByRole("textbox", { name: "转入卡" }).fill(from.phone);
  const found = dialog.getByRole("list", { name: "转入卡" });
  await expect(found).toContainText("转出卡和转入卡是同一张");
  await expect(found.getByRole("button")).toHaveCount(0);
});

test("a balance that moved after the preview stops it before anything is sent", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 10);
  await sandbox.consume(from.id, 4);
  await confirmButton(dialog, 10).click();
  await expect(outcome(dialog)).toContainText("转让没有发出");
  await expect(outcome(dialog)).toContainText("没有任何变化");
  await expect(outcome(dialog)).toContainText("在预览之后变了");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
});

test("a refusal of the upstream is told in words, with its own, and nothing is repeated", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 5);
  await sandbox.fault({ fault: "failure-listed", match: { kind: "transfer", when: { code: from.code } } });
  await confirmButton(dialog, 5).click();
  await expect(outcome(dialog)).toContainText("转让被拒绝");
  await expect(outcome(dialog)).toContainText("上游明确拒绝，没有任何变化");
  await expect(outcome(dialog)).toContainText("上游原话");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 10 });
});

test("a page of an earlier version says that nothing was sent, and to reload", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 5);
  // As after an update of the console: this build has no action of that id.
  await operator.route("**/*", (route) => {
    const headers = route.request().headers();
    return route.continue(
      headers["next-action"] ? { headers: { ...headers, "next-action": "40".padEnd(42, "0") } } : {},
    );
  });
  await confirmButton(dialog, 5).click();
  await expect(dialog).toContainText("这个页面来自旧版本的 Cardesk，没有发出任何请求");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
});

test("a card held by another operation says which one holds it", async ({ operator, open, ownCards, sandbox }) => {
  const [from, to, third] = await ownCards({ balance: 10 }, {}, {});
  const waiting = await previewTransfer(await open("operator"), third, to, 1);
  await sandbox.fault({
    fault: "reset",
    effect: ON_RELEASE,
    match: { kind: "transfer", when: { code: from.code } },
  });
  const dialog = await previewTransfer(operator, from, to, 5);
  await confirmButton(dialog, 5).click();
  await expect(outcome(dialog)).toContainText("请勿重复");

  await confirmButton(waiting, 1).click();
  await expect(waiting.getByRole("alert")).toContainText("正被 operator 的另一项操作占用");
  await expect(waiting.getByRole("link", { name: "查看操作" })).toBeVisible();
  expect(await sandbox.calls("transfer", third.code)).toHaveLength(0);
  await sandbox.release();
  await expect(outcome(dialog)).toContainText("已核实：转让已生效");
});

test("support sees why it can't transfer or destroy", async ({ support, ownCards }) => {
  const [card] = await ownCards({ balance: 0 });
  const menu = await openCardMenu(support, card);
  for (const name of [/^转让额度/, /^销毁/]) {
    await expect(menu.getByRole("menuitem", { name })).toHaveAttribute("aria-disabled", "true");
    await expect(menu.getByRole("menuitem", { name })).toContainText("需要操作员角色");
  }
});
