import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DrizzleQueryError } from "drizzle-orm/errors";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { parseEnv } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { log, openLog } from "@/lib/core/log";
import { logConsole } from "@/lib/core/log-console";
import { sharedSlot } from "@/lib/core/shared-slot";
import { openDatabase } from "@/lib/db/client";
import { definePublicAction } from "./public-action";
import { definePublicPostRoute } from "./route";

const incoming = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => null }));
vi.mock("next/headers", () => ({ headers: async () => incoming.headers }));

/** A second line, colours and a window's title for a terminal (in both spellings of ESC [), line ends of Unicode, reversed text. */
const HOSTILE =
  'bob\n{"level":30,"msg":"signed in"}\r\u001b[2J\u001b]0;x\u0007\u0000\u007f\u009b31m\u0085\u2028\u2029\u202eesrever';
const SECRET = "15912345678";
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

let folder: string;
let fd: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-log-lines-"));
  fd = openSync(join(folder, "console.log"), "a");
  sharedSlot("log").value = openLog("debug", fd);
});
const printed = { ...console };
afterEach(() => {
  Object.assign(console, printed);
  closeSync(fd);
  rmSync(folder, { recursive: true, force: true });
});

// Nothing is asked of it.
const database = openDatabase("postgres://nobody@localhost:1/none", 1);
beforeAll(() => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  sharedSlot("database").value = database;
});
afterAll(() => database.pool.end());

/** The lines written so far, each of them JSON. */
function lines(): Record<string, unknown>[] {
  const text = readFileSync(join(folder, "console.log"), "utf8");
  expect(text).not.toMatch(RAW);
  expect(text).not.toContain(SECRET);
  const whole = text.split("\n");
  expect(whole.pop()).toBe("");
  return whole.map((line) => JSON.parse(line));
}

/** Fails in the ways in which something fails, with the request's text in what is thrown. */
const failures: [string, () => unknown][] = [
  ["an error that quotes the request", () => new Error(`no such user: ${HOSTILE}`)],
  ["a refusal", () => new AppError("not_found", "not_found", { params: { username: HOSTILE } })],
  ["text", () => HOSTILE],
  ["an object", () => ({ username: HOSTILE, phone: SECRET })],
  ["a query", () => new DrizzleQueryError("select $1", [SECRET, HOSTILE], new Error(HOSTILE))],
  ["a cause", () => new TypeError(HOSTILE, { cause: new Error(HOSTILE) })],
];
const input = z.object({ username: z.string() }).loose();

test.each(failures)("a route that throws %s writes one line", async (_, thrown) => {
  const route = definePublicPostRoute({
    name: "test.route",
    input,
    verb: async () => {
      throw thrown();
    },
  });
  const url = `http://localhost/api/${encodeURIComponent(HOSTILE)}?q=${encodeURIComponent(HOSTILE)}`;
  const headers = { "user-agent": "x\u001b[2J\u009b31m", "x-forwarded-for": "\u001b[2J" };
  const body = JSON.stringify({ username: "a", phone: SECRET });
  await route(new Request(url, { method: "POST", headers, body }));
  expect(lines()).toMatchObject([{ name: "test.route" }]);
});

test.each(failures)("an action that throws %s writes one line", async (_, thrown) => {
  incoming.headers = new Headers({ "user-agent": "x\u001b[2J\u009b31m", "x-cardesk-path": "/\u001b[2J" });
  const action = definePublicAction({
    name: "test.action",
    input,
    verb: async () => {
      throw thrown();
    },
  });
  await action({ username: HOSTILE.replace("\u0000", ""), phone: SECRET });
  expect(lines()).toMatchObject([{ name: "test.action" }]);
});

test("input that no schema accepts is not quoted", async () => {
  const route = definePublicPostRoute({ name: "test.route", input: z.strictObject({}), verb: async () => null });
  for (const body of [JSON.stringify({ [HOSTILE]: SECRET }), `{"${SECRET}${HOSTILE}`, JSON.stringify(HOSTILE)])
    await route(new Request("http://localhost/api/x", { method: "POST", body }));
  expect(lines()).toHaveLength(3);
  expect(JSON.stringify(lines())).not.toContain("signed in");
});

test("what a field, a name of a field or a message holds stays in its line", () => {
  log().warn({ username: HOSTILE, path: `/cards/${HOSTILE}`, [HOSTILE]: [HOSTILE] }, HOSTILE);
  expect(lines()).toMatchObject([{ username: HOSTILE, path: `/cards/${HOSTILE}`, msg: HOSTILE }]);
});

test.each(failures)("%s that Next prints by itself is one line of the log, too", (_, thrown) => {
  logConsole(log());
  console.error(" ⨯", `a page at ${HOSTILE}: `, thrown());
  console.warn(thrown());
  console.log(HOSTILE, { body: SECRET }, [SECRET], null, undefined, 7);
  expect(lines()).toMatchObject([
    { level: 50, by: "console" },
    { level: 40, by: "console" },
    {
      level: 30,
      by: "console",
      msg: expect.stringContaining("[object Object] [object Array] [object Null] undefined 7"),
    },
  ]);
});

test("an uncaught exception is told with its stack", () => {
  logConsole(log());
  console.error(" ⨯", "uncaughtException: ", new TypeError("no such function"));
  expect(lines()).toMatchObject([
    {
      msg: expect.stringMatching(/uncaughtException: {2}TypeError: no such function$/),
      err: { type: "TypeError", stack: expect.stringContaining("log-lines.test.ts") },
    },
  ]);
});
