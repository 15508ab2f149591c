import { expect, test } from "vitest";
import { nameSkeleton } from "./name-skeleton";
import { createUserSchema } from "./schemas";

test.each([
  ["admin", "аdmin"],
  ["paypal", "раураl"],
  ["lin", "Iin"],
  ["boss", "b0ss"],
  ["olli", "0l1i"],
  ["morning", "moming"],
  ["ming", "ｍｉｎｇ"],
  ["rene", "rené"],
])("%s looks like %s", (name, other) => {
  expect(nameSkeleton(other)).toBe(nameSkeleton(name));
});

test.each([
  ["ming-1", "ming-2"],
  ["lin", "lan"],
  ["王芳", "王方"],
  ["support", "operator"],
])("%s does not look like %s", (name, other) => {
  expect(nameSkeleton(other)).not.toBe(nameSkeleton(name));
});

test.each(["lin.tao", "王芳", "李_01", "ミカ", "민지", "иван-2"])("%s is of one script", (username) => {
  expect(createUserSchema.parse({ username, role: "support" }).username).toBe(username);
});

test.each(["аdmin", "lin王", "pαul"])("%s mixes scripts", (username) => {
  const issues = createUserSchema.safeParse({ username, role: "support" }).error?.issues;
  expect(issues?.map((issue) => issue.message)).toEqual(["name_mixes_scripts"]);
});

test("a new name is kept in its normal form", () => {
  expect(createUserSchema.parse({ username: "ｌｉｎ", role: "support" }).username).toBe("lin");
});
