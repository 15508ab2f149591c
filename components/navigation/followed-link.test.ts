import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followedLink } from "./followed-link";

const here = { origin: "http://console.test", pathname: "/cards", search: "?page=2" };
const plain = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };

/** Stands for an element in a link, or in none. */
class FakeElement extends EventTarget {
  readonly link: object | null;
  constructor(link: object | null) {
    super();
    this.link = link;
  }
  closest() {
    return this.link;
  }
}
beforeEach(() => vi.stubGlobal("Element", FakeElement));
afterEach(() => vi.unstubAllGlobals());

const follow = (link: object | null, click = {}) =>
  followedLink({ ...plain, ...click, target: new FakeElement(link) }, here);

test.each(["http://console.test/audit", "http://console.test/cards", "http://console.test/cards?page=2"])(
  "%s is followed",
  (href) => expect(follow({ href })).toBe(href),
);

test.each([
  ["nothing", null],
  ["another site", { href: "https://elsewhere.test/" }],
  ["a place on this page", { href: "http://console.test/cards?page=2#main" }],
  ["another tab", { href: "http://console.test/audit", target: "_blank" }],
  ["a file", { href: "http://console.test/audit", download: "audit.csv" }],
])("a click on %s leaves nothing", (_, link) => expect(follow(link)).toBeNull());

test.each(["metaKey", "ctrlKey", "shiftKey", "altKey"])("a click with %s opens elsewhere", (key) =>
  expect(follow({ href: "http://console.test/audit" }, { [key]: true })).toBeNull(),
);
