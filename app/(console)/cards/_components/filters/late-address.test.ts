import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LateAddress } from "./late-address";

let address: LateAddress;
let stop: () => void;

const root = new EventTarget();
const page = Object.assign(new EventTarget(), { documentElement: root });
const win = new EventTarget();
let entries: string[];

beforeEach(() => {
  vi.useFakeTimers();
  entries = ["/cards"];
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", win);
  vi.stubGlobal("location", {
    get pathname() {
      return here().split("?")[0];
    },
  });
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => setTimeout(frame, 16));
  address = new LateAddress();
  stop = address.listen();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const here = () => entries.at(-1) ?? "";
const turnTo = (number: number) => address.hold(() => entries.push(`/cards?page=${number}`));

test("the address follows when the rows are there and on the screen", () => {
  address.setWaiting(true);
  turnTo(2);
  vi.advanceTimersByTime(200);
  expect(here()).toBe("/cards");
  address.setWaiting(false);
  expect(here()).toBe("/cards");
  vi.advanceTimersByTime(50);
  expect(here()).toBe("/cards?page=2");
});

test("rows that are there already are on the screen first, too", () => {
  turnTo(2);
  expect(here()).toBe("/cards");
  vi.advanceTimersByTime(50);
  expect(here()).toBe("/cards?page=2");
});

test("where rows take long the address does not wait for them", () => {
  address.setWaiting(true);
  turnTo(2);
  vi.advanceTimersByTime(400);
  expect(here()).toBe("/cards?page=2");
});

test.each([
  ["a press", () => page.dispatchEvent(new Event("pointerdown"))],
  ["a key", () => page.dispatchEvent(new Event("keydown"))],
  ["the pointer leaving for the browser's buttons", () => root.dispatchEvent(new Event("mouseleave"))],
  ["another tab", () => page.dispatchEvent(new Event("visibilitychange"))],
  ["a reload", () => win.dispatchEvent(new Event("pagehide"))],
  ["the table going", () => stop()],
])("%s finds the address written", (_, act) => {
  address.setWaiting(true);
  turnTo(2);
  act();
  expect(here()).toBe("/cards?page=2");
});

test("two addresses are two entries, in their order", () => {
  address.setWaiting(true);
  turnTo(2);
  turnTo(3);
  expect(here()).toBe("/cards?page=2");
  vi.advanceTimersByTime(400);
  expect(entries).toEqual(["/cards", "/cards?page=2", "/cards?page=3"]);
});

test("what was held for one page is not written on another, nor over an entry gone back to", () => {
  turnTo(2);
  entries.push("/operations");
  vi.advanceTimersByTime(400);
  expect(here()).toBe("/operations");
  turnTo(2);
  win.dispatchEvent(new Event("popstate"));
  vi.advanceTimersByTime(400);
  expect(here()).toBe("/operations");
});
