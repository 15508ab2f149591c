import type { Browser, BrowserContext, Locator, Page } from "@playwright/test";
import { type Goal, installProbe, type Marks, type Outcome } from "./probe.ts";
import { watchTraffic } from "./traffic.ts";

/** A page, and where on it a person presses. */
export type Place = { url: string; marks: Marks; state?: Awaited<ReturnType<BrowserContext["storageState"]>> };
export type CardsPlace = Place & {
  filter: (page: Page) => Locator;
  /** Typed where the filter applies while one types; else Enter follows. */
  filterNeedsEnter: boolean;
  next: (page: Page) => Locator;
  /** Opens what the dialog is opened from, if anything. */
  beforeDialog?: (page: Page) => Promise<void>;
  dialog: (page: Page) => Locator;
};

export type Arrival = {
  first: number;
  usable: number;
  requests: number;
  scriptKb: number;
  heapMb: number;
  nodes: number;
};
export type CardsVisit = Arrival & {
  dialog: number;
  next: number;
  /** After the pointer rested on the button. */
  nextRested: number;
  filter: number;
  worstKey: number;
};

/** A middling office computer on a middling line. */
const CPU_SLOWDOWN = 4;
const RTT_MS = 40;
const BYTES_PER_SECOND = 10_000_000 / 8;

const REST_MS = 100;
/** As long as one looks at a menu before choosing from it. */
const LOOK_MS = 300;
const KEY_MS = 80;

/** Go to a page as who was never there (nothing cached), and stay until it is at rest. */
export async function visit(browser: Browser, place: Place): Promise<Arrival> {
  return inPage(browser, place, async (_, arrival) => arrival);
}

/** As `visit`, then what people do with the cards: a dialog, the next pages, a filter. */
export async function visitCards(browser: Browser, place: CardsPlace): Promise<CardsVisit> {
  return inPage(browser, place, async (page, arrival) => {
    await place.beforeDialog?.(page);
    const dialog = await press(page, place.dialog(page), { shown: "dialog[open]" }, LOOK_MS);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelector("dialog[open]") === null);
    const next = await press(page, place.next(page), { rows: "others" }, 0);
    const nextRested = await press(page, place.next(page), { rows: "others" }, REST_MS);
    const { ms: filter, worstPressMs: worstKey } = await type(page, place);
    return { ...arrival, dialog: dialog.ms, next: next.ms, nextRested: nextRested.ms, filter, worstKey };
  });
}

async function inPage<T>(
  browser: Browser,
  { url, marks, state }: Place,
  use: (page: Page, arrival: Arrival) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: state });
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const traffic = await watchTraffic(cdp);
    await cdp.send("Performance.enable");
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
    await cdp.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: RTT_MS,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: BYTES_PER_SECOND,
    });
    await page.addInitScript(installProbe, marks);
    await page.goto(url, { waitUntil: "commit" });
    // Not by the page's own wait: that would have the browser read a large script before it shows the first row.
    await cdp.send("Runtime.evaluate", { expression: "window.probe.usable", awaitPromise: true });
    await traffic.quiet(1_000);
    const { requests, scriptKb } = traffic;
    const [first, usable, nodes] = await page.evaluate(() => [
      window.probe.firstAt,
      window.probe.usableAt,
      document.querySelectorAll("*").length,
    ]);
    await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
    const arrival = { first, usable, nodes, requests, scriptKb, heapMb: heap / 1_000_000 } as Arrival;
    return await use(page, arrival);
  } finally {
    await context.close();
  }
}

/** A press of the mouse without the checks that would come between it and the page. */
async function press(page: Page, target: Locator, goal: Goal, restMs: number) {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error("nothing to press");
  await settled(page);
  const outcome = await watch(page, goal);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  if (restMs > 0) await page.waitForTimeout(restMs);
  await page.mouse.down();
  await page.mouse.up();
  const came = await outcome.value;
  await page.mouse.move(0, 0);
  return came;
}

async function type(page: Page, { filter, filterNeedsEnter, marks }: CardsPlace) {
  const text = await page.evaluate((rows) => {
    const phones = [...document.querySelectorAll(rows)].flatMap(
      (row) => /1\d\d(?=\*)/.exec(row.textContent ?? "") ?? [],
    );
    return phones[0] ?? "";
  }, marks.rows);
  if (!text) throw new Error("no row shows a phone");
  await filter(page).click();
  await settled(page);
  // What Enter finds has the digits anywhere, also where they are masked; what each key finds must be the last one's.
  const goal: Goal = filterNeedsEnter ? { rows: "others" } : { rowsWith: text };
  const outcome = await watch(page, goal);
  for (const key of text) {
    await page.keyboard.press(key);
    await page.waitForTimeout(KEY_MS);
  }
  if (filterNeedsEnter) await page.keyboard.press("Enter");
  return outcome.value;
}

/** From now on. What comes of it is asked for before the press: a question after it would take the browser's time from the answer. */
async function watch(page: Page, goal: Goal): Promise<{ value: Promise<Outcome> }> {
  await page.evaluate((wanted) => window.probe.watch(wanted), goal);
  return { value: page.evaluate(() => window.probe.outcome) };
}

/** No task waits: what came before does not count. */
const settled = (page: Page) =>
  page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 2_000 })));
