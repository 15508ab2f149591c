import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { httpStatusOf } from "./errors";

test("no error has a status by which a proxy takes the console for one that stops", () => {
  // An upstream that is away must not take every console away, one failed read after the other.
  const site = readFileSync(new URL("../../deploy/nginx.conf", import.meta.url), "utf8");
  const [, conditions = ""] = /^ {4}proxy_next_upstream (.*);$/m.exec(site) ?? [];
  const statuses = [...conditions.matchAll(/http_(\d+)/g)].map(([, status]) => Number(status));
  expect(statuses).toEqual([502]);
  for (const status of statuses) expect(Object.values(httpStatusOf)).not.toContain(status);
});
