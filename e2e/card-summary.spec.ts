import { expect, test } from "./support/fixtures";

test("the summary of the current filter opens on demand, follows the filter, and is remembered", async ({
  support,
  ownCards,
}) => {
  const [a, b] = await ownCards({ balance: 1200 }, { balance: 34 });
  const asked: string[] = [];
  support.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await support.goto(`/cards?id=${a.id}`);
  const button = support.getByRole("button", { name: "汇总" });
  await expect(button).toHaveAttribute("aria-pressed", "false");
  expect(asked).not.toContain("/api/cards/summary");
  const strip = support.getByRole("region", { name: "当前筛选的汇总" });
  await button.click();
  await expect(strip).toContainText("剩余次数合计1,200");
  await expect(strip).toContainText("卡数1");
  await support.goto(`/cards?id=${b.id}`);
  await expect(strip).toContainText("剩余次数合计34");
  await button.click();
  await expect(strip).toHaveCount(0);
});
