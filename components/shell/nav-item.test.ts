import { expect, test } from "vitest";
import { currentItem, type NavItem } from "./nav-item";

const items: NavItem[] = [
  { href: "/", label: "overview", icon: "overview" },
  { href: "/cards", label: "cards", icon: "cards" },
  { href: "/settings", label: "settings", icon: "settings" },
  { href: "/settings/users", label: "users", icon: "users" },
];

test.each([
  ["/", "overview"],
  ["/cards", "cards"],
  ["/cards/abc", "cards"],
  ["/settings/users/1", "users"],
])("%s belongs to %s", (path, label) => {
  expect(currentItem(items, path)?.label).toBe(label);
});

test.each(["/card", "/elsewhere"])("%s belongs to none", (path) => {
  expect(currentItem(items, path)).toBeUndefined();
});
