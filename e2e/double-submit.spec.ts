import { expect, test } from "./support/fixtures";
import { confirmButton, openCardMenu, outcome, previewTransfer } from "./support/transferring";

test("a double click sends one call", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await confirmButton(dialog, 3).dblclick();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 7 });
});

test("Enter and a click together send one call", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await sandbox.hold("transfer");
  const button = confirmButton(dialog, 3);
  await button.focus();
  await operator.keyboard.press("Enter");
  await button.click({ force: true });
  await operator.keyboard.press("Enter");
  await operator.keyboard.press("Space");
  await expect.poll(async () => (await sandbox.calls("transfer", from.code)).length).toBe(1);
  await sandbox.release();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("two tabs with the same preview in mind: one moves the calls, the other is told", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const other = await operator.context().newPage();
  const here = await previewTransfer(operator, from, to, 10);
  const there = await previewTransfer(other, from, to, 10);
  await sandbox.hold("transfer");
  await Promise.all([confirmButton(here, 10).click(), confirmButton(there, 10).click()]);
  const told = async () => (await here.getByRole("alert").count()) + (await there.getByRole("alert").count());
  await expect.poll(told).toBe(1);
  const [first, second] = (await here.getByRole("alert").count()) ? [there, here] : [here, there];
  await expect(second.getByRole("alert")).toContainText("占用");
  await sandbox.release();
  await expect(outcome(first)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(to.id)).toMatchObject({ api_limit: 110 });
});

test("a confirmation the browser sends again, as it does when a connection dies, changes nothing", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  const confirmation = operator.waitForRequest(
    (request) => request.method() === "POST" && "next-action" in request.headers(),
  );
  await confirmButton(dialog, 3).click();
  const request = await confirmation;
  await expect(outcome(dialog)).toContainText("转让成功");
  const again = { method: "POST", headers: await request.allHeaders(), data: request.postDataBuffer() ?? "" };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => operator.request.fetch(request.url(), again).then((answer) => answer.text())),
  );
  for (const answer of answers) expect(answer).toContain('"state":"done"');
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 7 });
});

test("Back after confirming, and forward again, submits nothing", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  await operator.goto("/operations");
  const dialog = await previewTransfer(operator, from, to, 3);
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await operator.goBack();
  await expect(operator.getByRole("heading", { level: 1, name: "操作" })).toBeVisible();
  await operator.goForward();
  await expect(operator.getByRole("row", { name: from.name })).toContainText("7");
  await expect(operator.getByRole("dialog")).toHaveCount(0);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("Back during the call, then the same transfer again: the first one counts and is seen", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  await operator.goto("/operations");
  const dialog = await previewTransfer(operator, from, to, 10);
  await sandbox.hold("transfer");
  await confirmButton(dialog, 10).click();
  await expect.poll(async () => (await sandbox.calls("transfer", from.code)).length).toBe(1);
  await operator.goBack();
  await expect(operator.getByRole("heading", { level: 1, name: "操作" })).toBeVisible();
  const item = (await openCardMenu(operator, from)).getByRole("menuitem", { name: /^转让额度/ });
  await expect(item).toHaveAttribute("aria-disabled", "true");
  await expect(item).toContainText("被另一项操作占用");
  await sandbox.release();
  await expect.poll(() => sandbox.card(to.id)).toMatchObject({ api_limit: 110 });
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("a reload in the middle of the call loses nothing: the operation tells what became of it", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await sandbox.hold("transfer");
  await confirmButton(dialog, 3).click();
  await expect.poll(async () => (await sandbox.calls("transfer", from.code)).length).toBe(1);
  await operator.reload();
  await operator.goto("/operations");
  const row = operator.getByRole("row", { name: from.name });
  await expect(row).toContainText("转让 3 次");
  await sandbox.release();
  await expect(row).toContainText("成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("a confirmation that never reaches the server says that nothing was sent, and may be pressed again", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await operator.route("**/*", (route) =>
    "next-action" in route.request().headers() ? route.abort("connectionreset") : route.continue(),
  );
  await confirmButton(dialog, 3).click();
  await expect(dialog.getByRole("alert")).toContainText("无法连接到控制台服务器");
  await expect(dialog).toContainText("尚未确认，没有发出任何请求。");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
  await operator.unrouteAll();
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("an answer that is lost on the way back is read from the journal: it happened", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await operator.route("**/*", async (route) => {
    if (!("next-action" in route.request().headers())) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("another person's preview can't be confirmed", async ({ operator, open, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await operator.route("**/*", (route) =>
    "next-action" in route.request().headers() ? route.abort() : route.continue(),
  );
  const confirmation = operator.waitForRequest((request) => "next-action" in request.headers());
  await confirmButton(dialog, 3).click();
  const request = await confirmation;
  const { cookie: _, "content-length": __, ...headers } = await request.allHeaders();
  const stranger = await open("admin");
  // Without the second one, whose page it is: that alone refuses it too.
  const [input] = JSON.parse(request.postData() ?? "") as unknown[];
  const data = JSON.stringify([input]);
  const answer = await stranger.request.fetch(request.url(), { method: "POST", headers, data });
  expect(await answer.text()).toContain("no_such_preview");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
});
