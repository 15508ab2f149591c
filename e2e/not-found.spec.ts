import { expect, sameOrigin, test } from "./support/fixtures";

const UNKNOWN = ["/nope", "/cards/nope/deeper", `/cards/${"0".repeat(32)}`, "/operations/none", "/keys/none"];

test("what is no page is answered 404 inside the frame: the menu and the find box stay", async ({
  support,
  requestAs,
}) => {
  const request = await requestAs("support");
  for (const path of UNKNOWN) {
    expect((await request.get(path)).status(), path).toBe(404);
    await support.goto(path);
    await expect(support.getByText("页面不存在"), path).toBeVisible();
    await expect(support.getByRole("combobox", { name: "查找额度卡" }), path).toBeVisible();
    await expect(support.getByRole("link", { name: "额度卡", exact: true }), path).toBeVisible();
    expect(new URL(support.url()).pathname).toBe(path);
  }
});

test("what is no page leads nobody past the sign-in, and what is no endpoint or file is no page", async ({
  playwright,
  requestAs,
  baseURL,
}) => {
  const nobody = await playwright.request.newContext(sameOrigin(baseURL));
  const answer = await nobody.get("/nope", { maxRedirects: 0 });
  expect(answer.headers().location).toMatch(/\/login\?callbackUrl=%2Fnope$/);
  await nobody.dispose();
  const request = await requestAs("support");
  for (const path of ["/api/nope", "/nope.txt"]) {
    const unknown = await request.get(path);
    expect(unknown.status(), path).toBe(404);
    expect(await unknown.text(), path).not.toContain("side-bar");
  }
});
