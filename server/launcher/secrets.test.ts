import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { loadSecrets } from "./secrets.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("secrets are made once, closed to others, and good enough for the console", () => {
  const first = loadSecrets(folder);
  expect(loadSecrets(folder)).toEqual(first);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  const { AUTH_SECRET, APP_KEYS } = first;
  expect(parseEnv({ AUTH_SECRET, APP_KEYS })).toMatchObject({ AUTH_SECRET, APP_KEYS });
});

test("secrets that cannot be read are an error, and the file stays", () => {
  const path = join(folder, "secrets.json");
  writeFileSync(path, "{torn");
  expect(() => loadSecrets(folder)).toThrow("restore that file");
  expect(readFileSync(path, "utf8")).toBe("{torn");
});
