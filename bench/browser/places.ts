import type { Page } from "@playwright/test";
import type { Marks } from "./probe.ts";
import type { CardsPlace, Place } from "./visit.ts";

type State = NonNullable<Place["state"]>;

export function floorPlace(url: string): CardsPlace {
  return {
    url,
    marks: { first: "tbody tr", input: "input[type=search]", rows: "tbody tr" },
    filter: (page) => page.getByRole("searchbox"),
    filterNeedsEnter: false,
    next: (page) => page.getByRole("button", { name: "Next" }),
    dialog: (page) => page.getByRole("button", { name: "New" }),
  };
}

export function cardsPlace(url: string, state: State): CardsPlace {
  return {
    url: `${url}/cards`,
    state,
    marks: marks("main tbody tr"),
    filter: (page) => page.getByRole("main").getByRole("textbox", { name: "手机号" }),
    filterNeedsEnter: true,
    next: (page) => page.getByRole("main").getByRole("button", { name: "下一页" }),
    beforeDialog: openMenuOfSource,
    dialog: transferItem,
  };
}

/** Pages of one subject each, by what is waited for on them. */
export function otherPlaces(url: string, state: State, cardId: string): (Place & { name: string })[] {
  const largeNumber = 'main :is([class*="text-2xl"], [class*="text-3xl"])';
  return [
    { name: "a card's page", url: `${url}/cards/${cardId}`, state, marks: marks(largeNumber) },
    { name: "overview", url: `${url}/`, state, marks: marks(largeNumber) },
    { name: "operations", url: `${url}/operations`, state, marks: marks("main tbody tr") },
    { name: "keys", url: `${url}/keys`, state, marks: marks("main tbody tr") },
  ];
}

/** The find box stands for the whole frame: it can be typed in when the page is hydrated. */
const marks = (first: string): Marks => ({ first, input: "[role=combobox]", rows: "main tbody tr" });

const transferItem = (page: Page) => page.getByRole("menuitem", { name: "转让额度" });

/** The menu of the first card that calls can be transferred from. */
async function openMenuOfSource(page: Page): Promise<void> {
  const menus = page
    .getByRole("main")
    .getByRole("row")
    .getByRole("button", { name: /的操作$/ });
  for (let at = 0; at < (await menus.count()); at++) {
    await menus.nth(at).click();
    await transferItem(page).waitFor();
    if ((await transferItem(page).getAttribute("aria-disabled")) === null) return;
    await page.keyboard.press("Escape");
    await transferItem(page).waitFor({ state: "detached" });
  }
  throw new Error("no card calls can be transferred from");
}
