import type { Page } from "@playwright/test";

/** Hold the calls of a page's server actions; what is returned lets them go. */
export async function holdActions(page: Page): Promise<() => void> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route("**/*", async (route) => {
    if ("next-action" in route.request().headers()) await released;
    await route.continue();
  });
  return release;
}
