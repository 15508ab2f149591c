import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listSources } from "./import-graph";

const root = join(import.meta.dirname, "../..");
const files = listSources(root, ["app", "components", "lib"]);
const HOMES = ["components/navigation/use-navigate.ts", "components/navigation/use-refresh.ts"];

test("nobody but useNavigate and useRefresh takes Next's router: it shows no line and loses the page without a network", () => {
  const users = files.filter((file) => /\buseRouter\b/.test(readFileSync(join(root, file), "utf8")));
  expect(users.sort()).toEqual(HOMES);
});

test("no loading screen answers 200 before a page knows whether what it shows exists", () => {
  expect(files.filter((file) => /(^|\/)loading\.tsx$/.test(file))).toEqual([]);
});
