import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/** Every page of the console an administrator can open from the sidebar, their own, and the one for many lines. */
export const PAGES = [
  "/",
  "/cards",
  "/cards/paste",
  "/keys",
  "/operations",
  "/follow-ups",
  "/approvals",
  "/billing",
  "/audit",
  "/users",
  "/settings",
  "/settings/alerts",
  "/settings/replies",
  "/health",
  "/fault-lab",
  "/account",
];

/** Open a page and wait until its heading is there, the browser has all it asked for and nothing is loading any more. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
  await page.waitForLoadState("load");
  await expect(page.locator("[aria-busy=true]"), path).toHaveCount(0);
}

/**
 * Open a page and wait until it hears what is done on it. Before, a press of a button and a form's Enter are lost, as they are
 * for people, who do it again. The find box takes the focus then: not for pages that focus something else, nor by touch.
 */
export async function openReady(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("banner").getByRole("combobox")).toBeFocused();
}
