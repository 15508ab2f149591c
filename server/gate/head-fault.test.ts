import { expect, test } from "vitest";
import { headFault } from "./head-fault";

test.each(["/cards/%", "/cards/%zz", "/operations/%FF", "/keys/%C0%AF", "/%E2%80", "/cards/%ED%A0%80"])(
  "%s has a broken percent sign",
  (path) => {
    expect(headFault(path, {})).toBe("the path has a broken percent sign");
  },
);

test.each(["/", "/cards/100%25", "/%F0%9F%98%80", "/cards/a%2Fb", "/\u00ff"])("%s can be read", (path) => {
  expect(headFault(path, {})).toBeNull();
});

const encoded = (state: unknown) => ({ "next-router-state-tree": encodeURIComponent(JSON.stringify(state)) });

test.each([
  { "next-router-state-tree": "" },
  { "next-router-state-tree": "%" },
  { "next-router-state-tree": "zq" },
  encoded("["),
  encoded({}),
  encoded([["__proto__"], {}]),
  encoded(["", { children: "cards" }]),
  encoded(["", {}, null, "no such word"]),
])("a router state that is none is refused: %o", (headers) => {
  expect(headFault("/cards", headers)).toBe("next-router-state-tree can't be read");
});

test("the router state of a page passes", () => {
  const page = ["(console)", { children: ["cards", { children: [["id", "x", "d", null], {}] }] }];
  expect(headFault("/cards", encoded(["", { children: page }, null, "refetch"]))).toBeNull();
});
