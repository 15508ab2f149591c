import { freezeProcesses } from "../chaos/cluster/freeze-processes";
import { expect, test } from "./support/fixtures";

// Another value than the other journeys': a console of its own, whose database nobody else needs.
test.use({ quietSeconds: 3_598 });

test("while the database does not answer a page says so with 503, and comes back by itself", async ({
  support,
  cardesk,
}) => {
  await support.goto("/operations");
  await expect(support.getByRole("heading", { level: 1, name: "操作" })).toBeVisible();
  const thaw = freezeProcesses(cardesk.postgresPid);
  try {
    const answer = await support.goto("/cards");
    expect(answer?.status()).toBe(503);
    await expect(support.getByRole("heading", { name: "数据库暂时没有应答" })).toBeVisible();
  } finally {
    thaw();
  }
  await expect(support.getByRole("heading", { level: 1, name: "额度卡" })).toBeVisible();
  await expect(support).toHaveURL(/\/cards$/);
});
